import { execFile } from 'node:child_process'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Backend } from '@hotaru/proof'
import { createCudaBackend } from './cuda/createCudaBackend.ts'
import { findNvidiaGpus } from './cuda/findNvidiaGpus.ts'
import { createDenoBackend } from './deno/createDenoBackend.ts'
import { findGpus } from './deno/findGpus.ts'

/** A back end that this machine has, or why it has not. */
export type FoundBackend = {
  name: string
  kind: Backend['kind']
  /** What it runs on, where that is known. */
  device?: string
  /** Why it is not to be had; null when it is. */
  absent: string | null
  /** @throws the reason, when it is absent. */
  create(): Promise<Backend>
}

/**
 * Looks which back ends this machine has: one entry a device for those that are there, one that says why for those that
 * are not. The same GPU can be there twice, for CUDA and for WebGPU.
 */
export async function findBackends(options: findBackends.Options = {}): Promise<FoundBackend[]> {
  const { directory = join(homedir(), '.cache', 'hotaru', 'prover') } = options
  const found = await Promise.all([orAbsent('cuda', () => findCuda(directory)), orAbsent('webgpu', findWebGpu)])
  return found.flat()
}

export declare namespace findBackends {
  type Options = {
    /** Where compiled programs are kept; private to the owner. @default ~/.cache/hotaru/prover */
    directory?: string | undefined
  }
}

async function findCuda(directory: string): Promise<FoundBackend[]> {
  const gpus = await findNvidiaGpus()
  await promisify(execFile)('nvcc', ['--version']).catch((cause) => {
    throw new Error('nvcc does not run: the CUDA toolkit brings it', { cause })
  })
  return gpus.map((gpu) => ({
    name: 'cuda',
    kind: 'gpu',
    device: gpu.name,
    absent: null,
    create: () => createCudaBackend({ gpu, directory }),
  }))
}

async function findWebGpu(): Promise<FoundBackend[]> {
  return (await findGpus()).map(({ device, kind, powerPreference }) => ({
    name: 'webgpu',
    kind,
    device,
    absent: null,
    create: () => createDenoBackend({ powerPreference }),
  }))
}

async function orAbsent(name: string, find: () => Promise<FoundBackend[]>): Promise<FoundBackend[]> {
  const found = await find().catch((error: Error) => error)
  if (Array.isArray(found) && found.length > 0) return found
  const error = Array.isArray(found) ? new Error('no GPU answers') : found
  const absent = error.message
  return [{ name, kind: 'gpu', absent, create: () => Promise.reject(error) }]
}

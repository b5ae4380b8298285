import { execFile } from 'node:child_process'
import { cpus, homedir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { BaseError } from '@hotaru/base'
import type { Backend } from '@hotaru/proof'
import { createCpuProcess } from './cpu/createCpuProcess.ts'
import { compileKernel } from './cpu/Kernel.ts'
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
  const found = await Promise.all([
    orAbsent('wasm', findCpu),
    orAbsent('cuda', () => findCuda(directory)),
    orAbsent('webgpu', findWebGpu),
  ])
  return found.flat()
}

export declare namespace findBackends {
  type Options = {
    /** Where compiled programs are kept; private to the owner. @default ~/.cache/hotaru/prover */
    directory?: string | undefined
  }
}

async function findCpu(): Promise<FoundBackend[]> {
  compileKernel()
  const device = cpus()[0]?.model ?? 'processor'
  return [{ name: 'wasm', kind: 'cpu', device, absent: null, create: createCpuProcess }]
}

async function findCuda(directory: string): Promise<FoundBackend[]> {
  const gpus = await findNvidiaGpus()
  await promisify(execFile)('nvcc', ['--version']).catch((cause) => {
    throw new AbsentError({ why: 'nvcc does not run, expected the CUDA toolkit that brings it', cause })
  })
  if (gpus.length === 0) throw new AbsentError({ why: 'nvidia-smi lists no GPU, expected one' })
  return gpus.map((gpu) => ({
    name: 'cuda',
    kind: 'gpu',
    device: gpu.name,
    absent: null,
    create: () => createCudaBackend({ gpu, directory }),
  }))
}

async function findWebGpu(): Promise<FoundBackend[]> {
  const gpus = await findGpus()
  if (gpus.length === 0)
    throw new AbsentError({ why: 'WebGPU has no adapter, expected a driver for Vulkan, Metal or D3D12' })
  return gpus.map(({ device, kind, powerPreference }) => ({
    name: 'webgpu',
    kind,
    device,
    absent: null,
    create: () => createDenoBackend({ powerPreference }),
  }))
}

async function orAbsent(name: string, find: () => Promise<FoundBackend[]>): Promise<FoundBackend[]> {
  try {
    return await find()
  } catch (error) {
    const absent = error instanceof Error ? error.message : String(error)
    return [{ name, kind: 'gpu', absent, create: () => Promise.reject(error) }]
  }
}

export class AbsentError extends BaseError {
  override readonly name = 'Prover.AbsentError'

  constructor({ why, cause }: { why: string; cause?: unknown }) {
    super(`Cannot use this back end: ${why}`, { cause })
  }
}

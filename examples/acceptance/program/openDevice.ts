import type { Backend } from '@hotaru/proof'
import { createCpuBackend } from '@hotaru/prover/cpu'
import { openWebGpuBackend } from '@hotaru/prover/webgpu'

/** What does the work, and how it is called before people. */
export type Device = { backend: Backend; name: string }

/** All threads of the processor, or the GPU; undefined where there is none, for software that plays one is none. */
export async function openDevice(kind: Backend['kind']): Promise<Device | undefined> {
  const threads = navigator.hardwareConcurrency
  const name = threads === 1 ? '1 thread' : `${threads} threads`
  if (kind === 'cpu') return { backend: createCpuBackend({ threads }), name }
  const opened = await openWebGpuBackend()
  if (opened?.described.kind === 'gpu') return { backend: opened.backend, name: opened.described.device }
  await opened?.backend.close()
  return undefined
}

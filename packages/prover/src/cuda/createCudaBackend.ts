import { type ChildBackend, createChildBackend } from '../child/createChildBackend.ts'
import { compileProve } from './compileProve.ts'
import type { NvidiaGpu } from './findNvidiaGpus.ts'

/**
 * The proof on one NVIDIA GPU, in a process of its own that sees no other. On tensor units where they agree with plain
 * arithmetic at the start, which they must.
 *
 * @throws `Prover.CompileError`, `Prover.ChildEndedError`
 */
export async function createCudaBackend({ gpu, ...options }: createCudaBackend.Options): Promise<ChildBackend> {
  const command = await compileProve(gpu, options)
  return createChildBackend({ name: 'cuda', command, args: [], env: { CUDA_VISIBLE_DEVICES: gpu.uuid } })
}

export declare namespace createCudaBackend {
  type Options = compileProve.Options & { gpu: Pick<NvidiaGpu, 'uuid' | 'computeCapability'> }
}

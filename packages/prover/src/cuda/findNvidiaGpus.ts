import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { BaseError } from '@hotaru/base'

/** A GPU as NVIDIA's driver names it. */
export type NvidiaGpu = {
  uuid: string
  name: string
  /** `9.0`. */
  computeCapability: string
}

const timeoutMs = 30_000

/**
 * The GPUs that NVIDIA's driver shows, in its order.
 *
 * @throws `Prover.NoNvidiaDriverError`
 */
export async function findNvidiaGpus(options: { command?: string | undefined } = {}): Promise<NvidiaGpu[]> {
  const query = ['--query-gpu=uuid,compute_cap,name', '--format=csv,noheader']
  try {
    const { stdout } = await promisify(execFile)(options.command ?? 'nvidia-smi', query, { timeout: timeoutMs })
    return [...stdout.matchAll(/^(GPU-[0-9a-f-]+), (\d+\.\d), (.+)$/gm)].map(
      ([, uuid = '', computeCapability = '', name = '']) => ({ uuid, name: name.trim(), computeCapability }),
    )
  } catch (cause) {
    throw new NoNvidiaDriverError({ cause })
  }
}

export class NoNvidiaDriverError extends BaseError {
  override readonly name = 'Prover.NoNvidiaDriverError'

  constructor({ cause }: { cause: unknown }) {
    super('Cannot use CUDA: nvidia-smi does not run, expected the driver that brings it', { cause })
  }
}

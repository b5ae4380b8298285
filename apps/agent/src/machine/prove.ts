import { Worker } from 'node:worker_threads'
import { BaseError } from '@hotaru/base'

/** Answers a challenge in a thread of its own, so that leases and heartbeats do not wait for it. */
export function prove(seed: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./proveInThread.ts', import.meta.url), { workerData: { seed } })
    worker.once('message', resolve)
    worker.once('error', (cause) => reject(new ProveError({ cause })))
    worker.once('exit', () => reject(new ProveError({ cause: undefined })))
  })
}

export class ProveError extends BaseError {
  override readonly name = 'Agent.ProveError'

  constructor({ cause }: { cause: unknown }) {
    super('Cannot answer the challenge: the computation broke off, expected an answer', { retry: 'later', cause })
  }
}

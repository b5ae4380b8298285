import { Worker } from 'node:worker_threads'
import { BaseError } from '@hotaru/base'
import type { Answer, Challenge, Hex } from '@hotaru/proof'

/** What a machine sends to verifiers, and what it commits to on the ledger. */
export type Proof = { answer: Answer; transcript: Hex }

/** Answers a challenge in a thread of its own, so that leases and heartbeats do not wait for it. */
export function prove(challenge: Challenge): Promise<Proof> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./proveInThread.ts', import.meta.url), { workerData: { challenge } })
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

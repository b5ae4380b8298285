import type { Clock } from '@hotaru/base'
import { DeadlineError, sleep } from '@hotaru/base/async'

/**
 * Does work with a stranger, who gets so much of our time and no more: at the deadline this rejects with
 * `Async.DeadlineError`, whatever the stranger does, and the work's signal is aborted. So it is when `signal` is.
 */
export function within<T>(
  timeoutMs: number,
  work: (signal: AbortSignal) => Promise<T>,
  { what, signal, clock }: within.Options,
): Promise<T> {
  const over = new AbortController()
  const limit = AbortSignal.any([signal, over.signal])
  const late = sleep(timeoutMs, { signal: limit, clock }).then(() => {
    throw new DeadlineError({ what, timeoutMs })
  })
  return Promise.race([work(limit), late]).finally(() => over.abort())
}

export declare namespace within {
  type Options = {
    /** Completes the sentence "Cannot …". */
    what: string
    signal: AbortSignal
    clock: Clock
  }
}

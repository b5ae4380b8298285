import type { Clock } from '@hotaru/base'
import { deadline } from '@hotaru/base/async'

/**
 * Does work with a stranger, who gets so much of our time and no more: at the deadline this rejects with
 * `Async.DeadlineError`, whatever the stranger does, and the work's signal is aborted.
 */
export function within<T>(
  timeoutMs: number,
  work: (signal: AbortSignal) => Promise<T>,
  { what, signal, clock }: within.Options,
): Promise<T> {
  const over = new AbortController()
  const working = work(AbortSignal.any([signal, over.signal]))
  return deadline(working, timeoutMs, { what, clock }).finally(() => over.abort())
}

export declare namespace within {
  type Options = {
    /** Completes the sentence "Cannot …". */
    what: string
    signal: AbortSignal
    clock: Clock
  }
}

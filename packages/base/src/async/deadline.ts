import { BaseError } from '../BaseError.ts'
import type { Clock } from '../Clock.ts'
import { systemClock } from './systemClock.ts'

/** Rejects with `DeadlineError` when `work` has not settled after `timeoutMs`; the work itself goes on unheard. */
export function deadline<T>(work: Promise<T>, timeoutMs: number, options: deadline.Options = {}): Promise<T> {
  const { what = 'finish the work', clock = systemClock } = options
  return new Promise((resolve, reject) => {
    const cancel = clock.after(timeoutMs, () => reject(new DeadlineError({ what, timeoutMs })))
    work.then(resolve, reject).finally(cancel)
  })
}

export declare namespace deadline {
  type Options = {
    /** Completes the sentence "Cannot …". */
    what?: string | undefined
    clock?: Clock | undefined
  }
}

export class DeadlineError extends BaseError {
  override readonly name = 'Async.DeadlineError'

  constructor({ what, timeoutMs }: { what: string; timeoutMs: number }) {
    super(`Cannot ${what}: no answer after ${timeoutMs} ms, expected one sooner`, { retry: 'later' })
  }
}

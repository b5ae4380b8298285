import { BaseError } from '../BaseError.ts'
import type { Clock } from '../Clock.ts'
import { sleep } from './sleep.ts'

/**
 * Calls `attempt` until it succeeds, waiting twice as long each time.
 *
 * Gives up, with the last error, after `attempts` calls, on abort, or when the error says `retry: 'never'`.
 */
export async function retry<T>(attempt: (count: number) => Promise<T>, options: retry.Options = {}): Promise<T> {
  const { attempts = 5, firstDelayMs = 100, longestDelayMs = 10_000, signal, clock } = options
  for (let count = 1; ; count++) {
    try {
      return await attempt(count)
    } catch (error) {
      const hopeless = error instanceof BaseError && error.retry === 'never'
      if (hopeless || count >= attempts || signal?.aborted) throw error
      await sleep(Math.min(longestDelayMs, firstDelayMs * 2 ** (count - 1)), { signal, clock })
    }
  }
}

export declare namespace retry {
  type Options = {
    /** Calls in all. @default 5 */
    attempts?: number | undefined
    /** @default 100 */
    firstDelayMs?: number | undefined
    /** @default 10_000 */
    longestDelayMs?: number | undefined
    signal?: AbortSignal | undefined
    clock?: Clock | undefined
  }
}

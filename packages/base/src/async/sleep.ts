import type { Clock } from '../Clock.ts'
import { systemClock } from './systemClock.ts'

/** Waits `delayMs`; rejects with the signal's reason when it is aborted first, leaving no timer or listener behind. */
export function sleep(delayMs: number, options: sleep.Options = {}): Promise<void> {
  const { signal, clock = systemClock } = options
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason)
    const cancel = clock.after(delayMs, () => {
      signal?.removeEventListener('abort', onAbort)
      resolve()
    })
    const onAbort = () => {
      cancel()
      reject(signal?.reason)
    }
    signal?.addEventListener('abort', onAbort, { once: true })
  })
}

export declare namespace sleep {
  type Options = { signal?: AbortSignal | undefined; clock?: Clock | undefined }
}

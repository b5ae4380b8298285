import type { Clock, Logger } from '@hotaru/base'
import { sleep } from '@hotaru/base/async'

/**
 * Does one part of a verifier's work again and again until the signal is aborted. What fails is logged and tried again: no
 * part may end the others.
 *
 * @param what Completes "… not done, trying again".
 */
export async function repeat(
  what: string,
  work: () => Promise<unknown>,
  { everyMs, signal, log, clock }: repeat.Options,
): Promise<void> {
  while (!signal.aborted) {
    await work().catch((error: unknown) => {
      if (!signal.aborted) log.warn(`${what} not done, trying again`, { error })
    })
    await sleep(everyMs, { signal, clock }).catch(() => {})
  }
}

export declare namespace repeat {
  type Options = { everyMs: number; signal: AbortSignal; log: Logger; clock: Clock }
}

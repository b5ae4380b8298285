import type { Logger } from '@hotaru/base'
import { sleep } from '@hotaru/base/async'
import { type Ledger, postPrice } from '@hotaru/chain'

/** Posts a fixed price at once and then four times in the day that a post counts. Ends when `signal` is aborted. */
export async function keepPrice(
  ledger: Ledger,
  usdPerToken: bigint,
  { signal, log }: { signal: AbortSignal; log: Logger },
): Promise<void> {
  while (!signal.aborted) {
    const posted = await postPrice(ledger, { usdPerToken }).catch((error: unknown) => {
      log.warn('price not posted', { error })
    })
    await sleep(posted ? postEveryMs : retryMs, { signal }).catch(() => {})
  }
}

/** A post counts for a day (`Prices.MAX_AGE`). */
const postEveryMs = 6 * 3600 * 1000
const retryMs = 10_000

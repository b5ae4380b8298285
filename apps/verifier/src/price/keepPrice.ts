import type { Logger } from '@hotaru/base'
import { sleep } from '@hotaru/base/async'
import {
  isRefusal,
  type Ledger,
  postPrices,
  readLatestPrice,
  readReporters,
  readTime,
  signObservation,
} from '@hotaru/chain'
import type { LocalAccount } from 'viem'
import type { PriceBoard } from './PriceBoard.ts'

/**
 * Signs a fixed price whenever the ledger's grows old, shows it to the other reporters, and posts as soon as a majority
 * has signed; whoever sees that first does. Ends when `signal` is aborted.
 */
export async function keepPrice(ledger: Ledger, options: keepPrice.Options): Promise<void> {
  const { signal, log } = options
  while (!signal.aborted) {
    const isFresh = await tryToPost(ledger, options).catch((error: unknown) => {
      log.warn('price not posted', { error })
      return false
    })
    await sleep(isFresh ? restMs : hurryMs, { signal }).catch(() => {})
  }
}

export declare namespace keepPrice {
  type Options = {
    reporter: LocalAccount
    /** Millionths of a US dollar for one whole token. */
    usdPerToken: bigint
    board: PriceBoard
    signal: AbortSignal
    log: Logger
  }
}

/** Whether the ledger's price will do for a while. */
async function tryToPost(ledger: Ledger, { reporter, usdPerToken, board, log }: keepPrice.Options): Promise<boolean> {
  const [now, latest, reporters] = await Promise.all([readTime(ledger), readLatestPrice(ledger), readReporters(ledger)])
  if (latest.freshUntil - now > renewSeconds) return true
  const shown = await board.list()
  const mine = shown.find((observation) => observation.reporter === reporter.address)
  if (!mine || mine.observedAt < now - signAgainSeconds)
    await board.put(await signObservation(ledger.deployment, { reporter, usdPerToken, observedAt: now }))
  const isYoung = ({ observedAt }: { observedAt: number }) => observedAt >= now - oldestSeconds && observedAt <= now
  const signed = (await board.list()).filter((one) => reporters.includes(one.reporter) && isYoung(one))
  if (signed.length * 2 <= reporters.length) return false
  try {
    await postPrices(ledger, signed)
  } catch (error) {
    // Another reporter was faster with the same observations, or one of them grew too old on the way: look again.
    if (isRefusal(error, 'Prices_ObservationOutOfBounds')) return false
    throw error
  }
  log.info('price posted', { usdPerToken, observations: signed.length })
  return true
}

/** A price counts for a day (`Prices.MAX_AGE`); it is renewed four times in it. */
const renewSeconds = 18 * 3600
/** An observation counts for ten minutes (`Prices.MAX_OBSERVATION_AGE`). */
const oldestSeconds = 540
const signAgainSeconds = 300
const restMs = 60_000
const hurryMs = 500

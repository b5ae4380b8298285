import type { Machine } from '@hotaru/protocol'
import { explainMisses } from './explainMisses.ts'
import { judgeOffer, type Reason } from './judgeOffer.ts'
import type { Wish } from './Wish.ts'

/** An offer with the reasons for its place, shown to people word for word. */
export type Ranked = { machine: Machine; fits: boolean; reasons: readonly Reason[] }

/** What a search found. */
export type Ranking = {
  /** Offers that fit: the cheapest first, equal prices by machine number. */
  fitting: readonly Ranked[]
  /** The others, those that lack least first. */
  missing: readonly Ranked[]
  /** Why nothing fits, sentence by sentence; empty when something does. */
  why: readonly string[]
}

/**
 * Orders the machines' offers for a wish, best first.
 *
 * Pure: equal input gives equal output, whatever the order of arrival, so that a choice can be replayed.
 */
export function rankOffers(machines: readonly Machine[], wish: Wish, nowSeconds: number): Ranking {
  const judged = machines.map((machine) => {
    const reasons = judgeOffer(machine, wish, nowSeconds)
    return { machine, reasons, fits: reasons.every((reason) => reason.fits) }
  })
  const fitting = judged.filter((ranked) => ranked.fits).sort(byPriceThenId)
  const missing = judged.filter((ranked) => !ranked.fits).sort((a, b) => lacks(a) - lacks(b) || byPriceThenId(a, b))
  return { fitting, missing, why: fitting.length > 0 ? [] : explainMisses(missing, wish) }
}

function lacks(ranked: Ranked): number {
  return ranked.reasons.filter((reason) => !reason.fits).length
}

function byPriceThenId(a: Ranked, b: Ranked): number {
  const [left, right] = [a.machine.offer.usdPerSlotHour, b.machine.offer.usdPerSlotHour]
  if (left !== right) return left < right ? -1 : 1
  return a.machine.id < b.machine.id ? -1 : 1
}

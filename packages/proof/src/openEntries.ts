import type { Challenge } from './challenge.ts'
import { toBytes } from './hex.ts'
import { multiply } from './matrix.ts'
import type { PickedEntry } from './pickEntries.ts'
import { type Opening, openProduct } from './product.ts'
import type { Round } from './rounds.ts'

/** Opens entries of an answer of one's own, in the order asked. Each round among them is made again, once. */
export function openEntries(challenge: Challenge, rounds: readonly Round[], picks: readonly PickedEntry[]): Opening[] {
  return openEntriesOf(challenge, picks, (index) => multiply(toBytes((rounds[index] as Round).state), challenge.n))
}

/** The same over products that come from elsewhere; `index` is slot · rounds + round. */
export function openEntriesOf(
  { n, rounds: perSlot }: Challenge,
  picks: readonly PickedEntry[],
  productOf: (index: number) => Uint32Array,
): Opening[] {
  const byRound = Map.groupBy(picks.keys(), (at) => {
    const { slot, round } = picks[at] as PickedEntry
    return slot * perSlot + round
  })
  const openings: Opening[] = []
  for (const [index, places] of byRound) {
    const opened = openProduct(
      productOf(index),
      places.map((at) => picks[at] as PickedEntry),
      n,
    )
    places.forEach((at, i) => {
      openings[at] = opened[i] as Opening
    })
  }
  return openings
}

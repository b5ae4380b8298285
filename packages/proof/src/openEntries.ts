import type { Backend } from './Backend.ts'
import type { Challenge } from './challenge.ts'
import type { PickedEntry } from './pickEntries.ts'
import { leafIndex, type Opening } from './product.ts'
import type { Round } from './rounds.ts'

/**
 * Opens entries of an answer of one's own, in the order asked. Each round among them is made again, once.
 *
 * @param rounds The answer's, slot by slot.
 */
export async function openEntries(
  challenge: Challenge,
  rounds: readonly Round[],
  picks: readonly PickedEntry[],
  backends: readonly Pick<Backend, 'openProduct'>[],
): Promise<Opening[]> {
  const byRound = Map.groupBy(picks.keys(), (at) => {
    const { slot, round } = picks[at] as PickedEntry
    return slot * challenge.rounds + round
  })
  const openings: Opening[] = []
  for (const [index, places] of byRound) {
    const { slot, state } = rounds[index] as Round
    const leaves = places.map((at) => leafIndex(picks[at] as PickedEntry, challenge.n))
    const backend = backends[slot % backends.length] as Backend
    const opened = await backend.openProduct(state, challenge.n, leaves)
    places.forEach((at, i) => {
      openings[at] = opened[i] as Opening
    })
  }
  return openings
}

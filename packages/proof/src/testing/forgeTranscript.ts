import type { Challenge } from '../challenge.ts'
import { type Hex, toBytes, toHex } from '../hex.ts'
import { multiply } from '../matrix.ts'
import { openEntries } from '../openEntries.ts'
import type { PickedEntry } from '../pickEntries.ts'
import { type Opening, openLeaves, productRoot } from '../product.ts'
import { type Answer, chainRounds, type Round, toAnswer } from '../rounds.ts'
import { transcriptRoot } from '../transcript.ts'

/** A forged answer, posted and opened as an honest one would be. */
export type Forgery = {
  rounds: readonly Round[]
  answer: Answer
  transcript: Hex
  open: (picks: readonly PickedEntry[]) => Promise<Opening[]>
}

/**
 * Forges a transcript in which just the `wrong` entries are off by one. Everything else is in order: each round commits
 * to what it claims, and follows from the one before.
 */
export function forgeTranscript(challenge: Challenge, wrong: readonly PickedEntry[]): Forgery {
  const products = new Map<Hex, Uint32Array>()
  const makeProduct = (slot: number, round: number, state: Hex) => {
    const product = multiply(toBytes(state), challenge.n)
    for (const { row, column } of wrong.filter((one) => one.slot === slot && one.round === round)) {
      const at = row * challenge.n + column
      product[at] = (product[at] as number) + 1
    }
    products.set(state, product)
    return product
  }
  const rounds = Array.from({ length: challenge.slots }, (_, slot) =>
    chainRounds(challenge, slot, (state, round) => toHex(productRoot(makeProduct(slot, round, state)))),
  ).flat()
  const liar = {
    openProduct: async (state: Hex, _: number, leaves: readonly number[]) =>
      openLeaves(products.get(state) ?? new Uint32Array(), leaves),
  }
  return {
    rounds,
    answer: toAnswer(rounds, challenge),
    transcript: transcriptRoot(rounds),
    open: (picks) => openEntries(challenge, rounds, picks, [liar]),
  }
}

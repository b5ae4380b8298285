import { type Challenge, checkChallenge } from './challenge.ts'
import { toBytes, toHex } from './hex.ts'
import { multiply } from './matrix.ts'
import { productRoot } from './product.ts'
import { chainRounds, type Round } from './rounds.ts'

/**
 * Answers a challenge: for each slot a chain of exact integer products, each made from the last one's root, so that
 * rounds cannot be shared out among machines.
 *
 * What it returns is all that has to be kept to open entries later: products are made again when they are asked for.
 * `transcriptRoot` of it is posted, `toAnswer` of it is sent.
 *
 * @throws `Proof.InvalidSeedError`, `Proof.InvalidSizeError`.
 */
export function answerChallenge(challenge: Challenge): readonly Round[] {
  return Array.from({ length: challenge.slots }, (_, slot) => answerSlot(challenge, slot)).flat()
}

/** The part of one slot, for machines whose slots work at the same time. */
export function answerSlot(challenge: Challenge, slot: number): readonly Round[] {
  checkChallenge(challenge)
  return chainRounds(challenge, slot, (state) => toHex(productRoot(multiply(toBytes(state), challenge.n))))
}

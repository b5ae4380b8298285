import { BaseError } from '@hotaru/base'
import { keccak_256 } from '@noble/hashes/sha3.js'
import { bytesToHex, concatBytes, hexToBytes } from '@noble/hashes/utils.js'
import { multiply } from './matrix.ts'
import { merkleRoot } from './merkle.ts'

/** How large a challenge is: `rounds` products of `n` × `n`. */
export type ChallengeSize = { n: number; rounds: number }

/** One Merkle root a round, as 0x-hex. */
export type Answer = { roots: readonly string[] }

/**
 * The size for machines whose processor answers in TypeScript: 34 million multiply-adds, a fraction of a second.
 * Sizes for accelerators come with their back ends.
 */
export const cpuChallenge: ChallengeSize = { n: 128, rounds: 16 }

/** Multiply-adds of a challenge; over the seconds it took this is the machine's measured rate. */
export function multiplyAddsOf({ n, rounds }: ChallengeSize): number {
  return n ** 3 * rounds
}

/**
 * Answers a challenge: a chain of exact integer products, each seeded by the last one's root, so that rounds cannot be
 * shared out among machines.
 *
 * @param seed 32 bytes as 0x-hex, the audit's seed from the ledger.
 * @throws `Proof.InvalidSeedError`.
 */
export function answerChallenge(seed: string, size: ChallengeSize = cpuChallenge): Answer {
  if (!/^0x[0-9a-f]{64}$/i.test(seed)) throw new InvalidSeedError({ seed })
  let state: Uint8Array = hexToBytes(seed.slice(2))
  const roots: string[] = []
  for (let round = 0; round < size.rounds; round++) {
    const root = merkleRoot(multiply(state, size.n))
    roots.push(`0x${bytesToHex(root)}`)
    state = keccak_256(concatBytes(state, root))
  }
  return { roots }
}

/** What is wrong with an answer, found by doing the work again; undefined when it is right. */
export function findFault(seed: string, answer: unknown, size: ChallengeSize = cpuChallenge): string | undefined {
  const roots = (answer as Partial<Answer> | null)?.roots
  if (!Array.isArray(roots) || roots.length !== size.rounds)
    return `it has not one root for each of ${size.rounds} rounds`
  const wrong = answerChallenge(seed, size).roots.findIndex((root, round) => root !== roots[round])
  return wrong < 0 ? undefined : `round ${wrong} has another root`
}

export class InvalidSeedError extends BaseError {
  override readonly name = 'Proof.InvalidSeedError'

  constructor({ seed }: { seed: string }) {
    super(`Cannot make the challenge: the seed is "${seed.slice(0, 80)}", expected 32 bytes of hex`)
  }
}

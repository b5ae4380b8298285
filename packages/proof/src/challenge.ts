import { BaseError } from '@hotaru/base'
import { type Hex, isHexOf } from './hex.ts'

/** How large a challenge is: for each of `slots` slots, `rounds` products of `n` × `n`. */
export type ChallengeSize = { n: number; rounds: number; slots: number }

/** What one audit asks of one machine; the ledger knows all of it. */
export type Challenge = ChallengeSize & {
  /** 32 bytes that nobody knew before the audit's committee was seated. */
  seed: Hex
  chainId: bigint
  machineId: bigint
  auditId: bigint
}

/** Multiply-adds that each slot makes; over the seconds it took this is the slot's measured rate. */
export function multiplyAddsOf({ n, rounds }: Pick<ChallengeSize, 'n' | 'rounds'>): number {
  return n ** 3 * rounds
}

/** @throws `Proof.InvalidSeedError`, `Proof.InvalidSizeError`. */
export function checkChallenge({ seed, n, rounds, slots }: Challenge): void {
  if (!isHexOf(seed, 32)) throw new InvalidSeedError({ seed: String(seed) })
  const isSize = Number.isInteger(Math.log2(n)) && n >= smallestN && n <= largestN
  if (!isSize) throw new InvalidSizeError({ what: 'n', value: n, expected: 'a power of two from 16 to 32768' })
  if (!isWithin(rounds, 65_535)) throw new InvalidSizeError({ what: 'rounds', value: rounds, expected: '1 to 65535' })
  if (!isWithin(slots, 255)) throw new InvalidSizeError({ what: 'slots', value: slots, expected: '1 to 255' })
}

/** The smallest matrix whose product fills a leaf of the Merkle tree. */
const smallestN = 16

/** The largest power of two that the ledger keeps in an audit's 16 bits. */
const largestN = 32_768

function isWithin(value: number, max: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= max
}

export class InvalidSeedError extends BaseError {
  override readonly name = 'Proof.InvalidSeedError'

  constructor({ seed }: { seed: string }) {
    super(`Cannot make the challenge: the seed is "${seed.slice(0, 80)}", expected 32 bytes of lower-case hex`)
  }
}

export class InvalidSizeError extends BaseError {
  override readonly name = 'Proof.InvalidSizeError'

  constructor({ what, value, expected }: { what: string; value: number; expected: string }) {
    super(`Cannot make the challenge: ${what} is ${value}, expected ${expected}`, { facts: { [what]: value } })
  }
}

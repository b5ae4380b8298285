import type { Hex } from '../../src/hex.ts'

/** Verifiers of the lab, with one ticket each: so many that draws without putting back are as good as with it. */
export const verifiers = 10_000

/** Where the lab's committees sit. */
export const house = { chainId: 31_337n, contract: `0x${'c0'.repeat(20)}` as Hex }

/** What they vote: 32 bytes whose meaning is the convener's business. */
export const votes = { fail: `0x01${'00'.repeat(31)}`, pass: `0x02${'00'.repeat(31)}` } as const

/** The account of verifier number i. */
export function addressOf(verifier: number): Hex {
  return `0x${verifier.toString(16).padStart(40, '0')}`
}

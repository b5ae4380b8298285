import { keccak_256 } from '@noble/hashes/sha3.js'
import { concatBytes } from '@noble/hashes/utils.js'
import { type Hex, toBigEndian, toBytes, toHex } from '../../src/hex.ts'

/**
 * Draws a committee's members as `CommitteeBook._draw` does, of verifiers with one ticket each: try i looks at ticket
 * keccak-256 of (seed ‖ committee ‖ i) modulo the tickets, 32 bytes each.
 *
 * @returns Numbers of verifiers.
 */
export function drawMembers(seed: Hex, committeeId: bigint, { size, tickets }: drawMembers.Options): number[] {
  const drawn = new Set<number>()
  for (let attempt = 0; drawn.size < size; attempt++) {
    const message = concatBytes(toBytes(seed), toBigEndian(committeeId, 32), toBigEndian(attempt, 32))
    drawn.add(Number(BigInt(toHex(keccak_256(message))) % BigInt(tickets)))
  }
  return [...drawn]
}

export declare namespace drawMembers {
  type Options = { size: number; tickets: number }
}

import { encodeAbiParameters, type Hex, keccak256 } from 'viem'

/**
 * Which machines a tick hits: keccak256(randomness ‖ machineId) mod 432 = 0, as `Audits.requestByChance` checks it.
 *
 * @param options.randomness Of the first beacon round of a tick.
 */
export function findHits({ randomness, machineIds }: { randomness: Hex; machineIds: readonly bigint[] }): bigint[] {
  return machineIds.filter((machineId) => {
    const words = encodeAbiParameters([{ type: 'bytes32' }, { type: 'uint256' }], [randomness, machineId])
    return BigInt(keccak256(words)) % tickOdds === 0n
  })
}

/** `Audits.TICK_ODDS`: one machine in so many is hit in a tick. */
const tickOdds = 432n

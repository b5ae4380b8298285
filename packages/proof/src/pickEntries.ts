import { keccak_256 } from '@noble/hashes/sha3.js'
import { concatBytes } from '@noble/hashes/utils.js'
import type { ChallengeSize } from './challenge.ts'
import { type Hex, toBigEndian, toBytes } from './hex.ts'
import type { Place } from './product.ts'

/** An entry that has to be opened. */
export type PickedEntry = Place & { slot: number; round: number }

/**
 * How many entries are opened in each slot. A machine that skips a twentieth of its work passes in 1 of 27 tries, one
 * that skips a tenth in 1 of 848: 0.95⁶⁴ and 0.9⁶⁴.
 */
export const picksPerSlot = 64

/**
 * The entries that chance picks, slot by slot, from h = keccak-256 of (seed ‖ k ‖ slot), k in two bytes and slot in one:
 * round = bytes 0 to 7 modulo rounds, row = bytes 8 to 11 modulo n, column = bytes 12 to 15 modulo n.
 *
 * @param seed 32 bytes that nobody knew when the transcript was posted.
 */
export function pickEntries(seed: Hex, { n, rounds, slots }: ChallengeSize): PickedEntry[] {
  return Array.from({ length: slots * picksPerSlot }, (_, index) => {
    const slot = Math.floor(index / picksPerSlot)
    const message = concatBytes(toBytes(seed), toBigEndian(index % picksPerSlot, 2), toBigEndian(slot, 1))
    const hash = keccak_256(message)
    const view = new DataView(hash.buffer, hash.byteOffset)
    const round = Number(view.getBigUint64(0) % BigInt(rounds))
    return { slot, round, row: view.getUint32(8) % n, column: view.getUint32(12) % n }
  })
}

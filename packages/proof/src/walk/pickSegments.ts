import { keccak_256 } from '@noble/hashes/sha3.js'
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import { type Hex, toBigEndian, toBytes } from '../hex.ts'
import { picksPerSlot } from '../pickEntries.ts'
import type { WalkSize } from './walkSize.ts'

/** A stretch of a lane that has to be shown. */
export type PickedSegment = { lane: number; segment: number }

/**
 * The segments that are checked, from h = keccak-256 of (seed ‖ k in 2 bytes ‖ "walk"): lane = bytes 0 to 3 modulo
 * lanes, segment = bytes 4 to 7 modulo segments.
 *
 * @param seed 32 bytes that nobody knew when the walk's root was given.
 */
export function pickSegments(seed: Hex, { lanes, segments }: Pick<WalkSize, 'lanes' | 'segments'>): PickedSegment[] {
  return Array.from({ length: picksPerSlot }, (_, k) => {
    const hash = keccak_256(concatBytes(toBytes(seed), toBigEndian(k, 2), utf8ToBytes('walk')))
    const view = new DataView(hash.buffer, hash.byteOffset)
    return { lane: view.getUint32(0) % lanes, segment: view.getUint32(4) % segments }
  })
}

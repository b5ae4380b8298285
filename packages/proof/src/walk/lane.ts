import { keccak_256 } from '@noble/hashes/sha3.js'
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js'
import type { Challenge } from '../challenge.ts'
import { type Hex, toBigEndian, toBytes, toHex } from '../hex.ts'
import { startState } from '../rounds.ts'
import { cellBytes, segmentSteps } from './walkSize.ts'

/** What names a walk: the memory is filled for `key`, and each walk through it begins at its own `nonce`. */
export type WalkNames = { key: Hex; nonce: Hex }

/** Where a lane stands: two 32-bit words. */
export type Position = { a: number; b: number }

/** The key of a slot's memory: keccak-256 of (state of its round 0 ‖ "walk"). */
export function walkKey(challenge: Omit<Challenge, 'n' | 'rounds' | 'slots'>, slot: number): Hex {
  return toHex(keccak_256(concatBytes(toBytes(startState({ ...challenge, slot })), utf8ToBytes('walk'))))
}

/** Cell `index`: keccak-256 of (key ‖ index in 8 bytes), hashed again until it is `hashes` deep. */
export function makeCell(key: Hex, index: number, hashes: number): Uint8Array {
  let cell = keccak_256(concatBytes(toBytes(key), toBigEndian(index, 8)))
  for (let depth = 1; depth < hashes; depth++) cell = keccak_256(cell)
  return cell
}

/** Where a lane begins: the first two words of keccak-256 of (key ‖ nonce ‖ lane in 4 bytes). */
export function startLane({ key, nonce }: WalkNames, lane: number): Position {
  const hash = keccak_256(concatBytes(toBytes(key), toBytes(nonce), toBigEndian(lane, 4)))
  return { a: readWord(hash, 0), b: readWord(hash, 1) }
}

/** The cell that a lane reads next: (b · 2³² + a) modulo `cells`. */
export function nextCell({ a, b }: Position, cells: number): number {
  return ((b % Math.max(1, cells / 2 ** 32)) * 2 ** 32 + a) % cells
}

/**
 * One step over the cell it reads. Every word enters between a multiplication and the next, so that no shorter form of a
 * cell would do in its place; a and b change places, so that both choose cells.
 */
export function step({ a, b }: Position, cell: Uint8Array): Position {
  return { a: mix(b, cell, 4), b: mix(a, cell, 0) }
}

/** The checkpoints of a segment's end, from its beginning. */
export function walkSegment(from: Position, cells: number, cellAt: (index: number) => Uint8Array): Position {
  let position = from
  for (let at = 0; at < segmentSteps; at++) position = step(position, cellAt(nextCell(position, cells)))
  return position
}

function mix(word: number, cell: Uint8Array, at: number): number {
  const half = Math.imul(word ^ readWord(cell, at), multiplier) + readWord(cell, at + 1)
  return (Math.imul(half ^ readWord(cell, at + 2), multiplier) + readWord(cell, at + 3)) >>> 0
}

/** 2³² divided by the golden ratio, as a prime: xxHash's first. */
const multiplier = 0x9e3779b1

/** Word `at` of a cell, little-endian. */
function readWord(cell: Uint8Array, at: number): number {
  return new DataView(cell.buffer, cell.byteOffset, cellBytes).getUint32(4 * at, true)
}

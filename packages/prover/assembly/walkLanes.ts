import { permute } from './permute'
import { beginBlock, endBlock } from './state'

/**
 * Walks lanes `from` to `to` from their beginnings, all of them a step at a time: a processor then fetches the cells of
 * many while it waits for one.
 *
 * @param names Key and nonce of the walk, 64 bytes.
 * @param cellCount A power of two below 2²⁷: the words b do not count.
 * @param leaves Where the leaf of lane 0 is: its checkpoints, 8 bytes each, `segments` + 1 of them.
 * @param scratch 800 bytes, and then 8 for each lane.
 */
export function walkLanes(
  names: usize,
  from: u32,
  to: u32,
  segments: u32,
  cells: usize,
  cellCount: u32,
  leaves: usize,
  scratch: usize,
): void {
  const leafBytes: usize = 8 * (segments + 1)
  const first = leaves + from * leafBytes
  const positions = scratch + 800
  const end = positions + 8 * (to - from)
  for (let lane = from; lane < to; lane++) store<u64>(positions + 8 * (lane - from), startOf(names, lane, scratch))
  keep(positions, end, first, leafBytes)
  for (let segment: u32 = 1; segment <= segments; segment++) {
    for (let at = 0; at < segmentSteps; at++) {
      for (let lane = positions; lane < end; lane += 8) step(lane, cells, cellCount - 1)
    }
    keep(positions, end, first + 8 * segment, leafBytes)
  }
}

/** Steps between two checkpoints. */
const segmentSteps = 64

/** 2³² divided by the golden ratio, as a prime: xxHash's first. */
const multiplier: u32 = 0x9e3779b1

/** The bit 1 behind a message that ends with the four bytes of a lane. */
const behindLane: u64 = 0x100000000

/** a and b in one word: the first eight bytes of the hash of (key ‖ nonce ‖ lane). */
function startOf(names: usize, lane: u32, scratch: usize): u64 {
  beginBlock(scratch, names, 8)
  endBlock(scratch, 8, i64x2.splat(bswap<u32>(lane) | behindLane))
  permute(scratch)
  return load<u64>(scratch)
}

function keep(positions: usize, end: usize, place: usize, leafBytes: usize): void {
  for (let lane = positions; lane < end; lane += 8) {
    store<u64>(place, load<u64>(lane))
    place += leafBytes
  }
}

function step(lane: usize, cells: usize, mask: u32): void {
  const a = load<u32>(lane)
  const b = load<u32>(lane, 4)
  const cell = cells + 32 * (a & mask)
  store<u32>(lane, mix(b, cell + 16))
  store<u32>(lane, mix(a, cell), 4)
}

function mix(word: u32, cell: usize): u32 {
  const half = (word ^ load<u32>(cell)) * multiplier + load<u32>(cell, 4)
  return (half ^ load<u32>(cell, 8)) * multiplier + load<u32>(cell, 12)
}

import { permute } from './permute'
import { blockWords, lastBit, putHash, stateBytes } from './state'

/**
 * Hashes `count` pieces that lie one behind the other, each behind a byte `prefix`: the leaves of a Merkle tree (0), or
 * the pairs of one of its levels (1).
 *
 * @param bytes How long a piece is: a multiple of 8. The 8 bytes before the first are read, and not used.
 * @param out Where the hashes go, 32 bytes each.
 * @param scratch 800 bytes.
 */
export function hashAll(prefix: u32, from: usize, bytes: u32, count: u32, out: usize, scratch: usize): void {
  for (let at: u32 = 0; at < count; at += 2) {
    const one = from + at * bytes
    const other = at + 1 < count ? one + bytes : one
    absorb(prefix, one, other, bytes >> 3, scratch)
    putHash(out + at * 32, scratch, 0)
    if (at + 1 < count) putHash(out + at * 32 + 32, scratch, 1)
  }
}

/** Word i of a message is the 8 bytes that begin one before word i of the piece, for the prefix comes first. */
function absorb(prefix: u32, one: usize, other: usize, words: u32, scratch: usize): void {
  memory.fill(scratch, 0, stateBytes)
  let place: u32 = 0
  for (let word: u32 = 0; word <= words; word++) {
    let pair = v128.load64_lane(other + 8 * word - 1, v128.load64_zero(one + 8 * word - 1), 1)
    if (word === 0) pair = v128.or(v128.and(pair, i64x2.splat(~0xff)), i64x2.splat(prefix))
    if (word === words) pair = v128.or(v128.and(pair, i64x2.splat(0xff)), i64x2.splat(0x100))
    mix(scratch, place, pair)
    if (++place === blockWords && word < words) {
      permute(scratch)
      place = 0
    }
  }
  mix(scratch, blockWords - 1, i64x2.splat(lastBit))
  permute(scratch)
}

function mix(scratch: usize, word: u32, value: v128): void {
  const at = scratch + 16 * word
  v128.store(at, v128.xor(v128.load(at), value))
}

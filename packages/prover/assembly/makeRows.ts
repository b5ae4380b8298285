import { permute } from './permute'
import { beginBlock, endBlock, readWords } from './state'

/**
 * Rows `from` to `to` (both even) of one side of a round's matrices: 32 entries from each hash of
 * (state ‖ side ‖ row ‖ block). Four rows lie in one band, 16 entries of each in turn, so that what a tile of the product
 * reads is in one place.
 *
 * @param roundState 32 bytes.
 * @param out Where row 0 of the side is, or would be.
 * @param scratch 800 bytes.
 */
export function makeRows(roundState: usize, side: u32, from: u32, to: u32, n: u32, out: usize, scratch: usize): void {
  const shift = max(ctz(n), 5) - 5
  const mask: u32 = (1 << shift) - 1
  for (let at = from << shift; at < to << shift; at += 2) {
    beginBlock(scratch, roundState, 4)
    v128.store(scratch + 64, i64x2(head(side, at, shift, mask), head(side, at + 1, shift, mask)))
    endBlock(scratch, 5, i64x2(0x100 | (at & mask & 0xff), 0x100 | ((at + 1) & mask & 0xff)))
    permute(scratch)
    putEntries(bandOf(out, at, shift, n) + (at & mask) * 128, scratch, 0, n)
    putEntries(bandOf(out, at + 1, shift, n) + ((at + 1) & mask) * 128, scratch, 1, n)
  }
}

/** Side, row, and three of the four bytes of the block: hash `at` of the side is block `at` & `mask` of a row. */
function head(side: u32, at: u32, shift: u32, mask: u32): u64 {
  return side | ((bswap<u32>(at >> shift) as u64) << 8) | ((bswap<u32>(at & mask) as u64) << 40)
}

/** Where the first entries of a row are. */
function bandOf(out: usize, at: u32, shift: u32, n: u32): usize {
  const row = at >> shift
  return out + (row >> 2) * 4 * n + (row & 3) * 16
}

function putEntries(place: usize, scratch: usize, half: u32, n: u32): void {
  v128.store(place, v128.and(readWords(scratch, half, 0), i8x16.splat(0x7f)))
  if (n > 16) v128.store(place, v128.and(readWords(scratch, half, 2), i8x16.splat(0x7f)), 64)
}

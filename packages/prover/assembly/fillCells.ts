import { permute } from './permute'
import { beginBlock, endBlock, putHash } from './state'

/**
 * `count` cells (an even number) of a walk's memory from cell `first` on: the hash of (key ‖ index), hashed again until it
 * is `hashes` deep.
 *
 * @param key 32 bytes.
 * @param out Where cell `first` goes.
 * @param scratch 800 bytes.
 */
export function fillCells(key: usize, first: u64, count: u32, hashes: u32, out: usize, scratch: usize): void {
  for (const end = out + count * 32; out < end; out += 64, first += 2) {
    beginBlock(scratch, key, 4)
    v128.store(scratch + 64, i64x2(bswap<u64>(first), bswap<u64>(first + 1)))
    endBlock(scratch, 5, i64x2.splat(1))
    permute(scratch)
    for (let depth: u32 = 1; depth < hashes; depth++) {
      endBlock(scratch, 4, i64x2.splat(1))
      permute(scratch)
    }
    putHash(out, scratch, 0)
    putHash(out + 32, scratch, 1)
  }
}

import { permute } from './permute'
import { beginBlock, endBlock, putHash } from './state'

/**
 * Cells `from` to `to` (both even) of a walk's memory: the hash of (key ‖ index), hashed again until it is `hashes` deep.
 *
 * @param key 32 bytes.
 * @param cells Where cell 0 is.
 * @param scratch 800 bytes.
 */
export function fillCells(key: usize, from: u32, to: u32, hashes: u32, cells: usize, scratch: usize): void {
  for (let index = from; index < to; index += 2) {
    beginBlock(scratch, key, 4)
    v128.store(scratch + 64, i64x2(bswap<u64>(index), bswap<u64>(index + 1)))
    endBlock(scratch, 5, i64x2.splat(1))
    permute(scratch)
    for (let depth: u32 = 1; depth < hashes; depth++) {
      endBlock(scratch, 4, i64x2.splat(1))
      permute(scratch)
    }
    putHash(cells + index * 32, scratch, 0)
    putHash(cells + index * 32 + 32, scratch, 1)
  }
}

import type { WalkSize } from '@hotaru/proof'
import { align, freeAt, scratchBytes } from './places.ts'
import { treeBytes } from './tree.ts'

/** A walk takes 32 bytes a cell, and for each lane its leaf and 64 bytes of the tree. */
export function layOutWalk({ cells, lanes, segments }: Omit<WalkSize, 'hashes'>, threads: number) {
  const leafBytes = 8 * (segments + 1)
  const cellsAt = align(freeAt + threads * scratchBytes)
  const leavesAt = cellsAt + 32 * cells
  const treeAt = leavesAt + lanes * leafBytes
  return {
    leafBytes,
    cellsAt,
    leavesAt,
    tree: { at: treeAt, leaves: lanes },
    bytes: treeAt + treeBytes(lanes),
    scratchOf: (thread: number) => freeAt + thread * scratchBytes,
  }
}

import type { Walk } from '../Backend.ts'
import { toHex } from '../hex.ts'
import { hashLeaf, merklePath, merkleRoot } from '../merkle.ts'
import { startLane, type WalkNames, walkSegment } from './lane.ts'
import { toLeaf } from './laneLeaf.ts'
import type { WalkSize } from './walkSize.ts'

/** Walks all lanes, one after the other, through cells that `cellAt` reads. */
export function walkLanes(
  names: WalkNames,
  { cells, lanes, segments }: Omit<WalkSize, 'hashes'>,
  cellAt: (index: number) => Uint8Array,
): Walk {
  const leaves = Array.from({ length: lanes }, (_, lane) => {
    const checkpoints = [startLane(names, lane)]
    for (let at = 0; at < segments; at++)
      checkpoints.push(walkSegment(checkpoints[at] ?? { a: 0, b: 0 }, cells, cellAt))
    return toLeaf(checkpoints)
  })
  const hashes = leaves.map(hashLeaf)
  return {
    root: toHex(merkleRoot(hashes)),
    openLanes: async (asked) =>
      asked.map((lane) => ({
        leaf: toHex(leaves[lane] ?? new Uint8Array()),
        leafPath: merklePath(hashes, lane).map(toHex),
      })),
  }
}

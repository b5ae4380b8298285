import { checkWalkSize, type Hex, type Memory, type Walk, type WalkSize } from '@hotaru/proof'
import { toBytes, toHex } from './hex.ts'
import { layOutWalk } from './layOutWalk.ts'
import type { Team } from './Team.ts'
import { readPath, readRoot } from './tree.ts'

/**
 * Fills the memory of a team. A walk's checkpoints are copied out of it, so that the next may begin.
 *
 * @throws `Proof.InvalidSizeError`, `Prover.MemoryError`.
 */
export async function fillForWalks(
  team: Team,
  key: Hex,
  { cells, hashes, threads, free }: fillForWalks.Options,
): Promise<Memory> {
  checkWalkSize({ cells, hashes, lanes: 1, segments: 1 })
  const { bytes } = layOutWalk({ cells, lanes: 0, segments: 0 }, threads)
  await team.run({ job: { kind: 'fill', cells, hashes }, names: toBytes(key), bytes })
  return {
    walk: async (nonce, size) => {
      checkWalkSize({ cells, hashes, ...size })
      const { leavesAt, leafBytes, tree, bytes } = layOutWalk({ cells, ...size }, threads)
      const names = Buffer.concat([toBytes(key), toBytes(nonce)])
      const found = await team.run({ job: { kind: 'walk', cells, ...size }, names, bytes })
      return readWalk(found.buffer, { at: tree.at - leavesAt, leaves: size.lanes }, leafBytes)
    },
    free,
  }
}

export declare namespace fillForWalks {
  type Options = Pick<WalkSize, 'cells' | 'hashes'> & { threads: number; free: () => Promise<void> }
}

function readWalk(bytes: ArrayBufferLike, tree: { at: number; leaves: number }, leafBytes: number): Walk {
  return {
    root: toHex(readRoot(bytes, tree)),
    openLanes: async (lanes) =>
      lanes.map((lane) => ({
        leaf: toHex(new Uint8Array(bytes, lane * leafBytes, leafBytes)),
        leafPath: readPath(bytes, tree, lane).map(toHex),
      })),
  }
}

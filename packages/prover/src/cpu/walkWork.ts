import { layOutWalk } from './layOutWalk.ts'
import { groupLanes, namesAt } from './places.ts'
import { takePieces } from './shareOut.ts'
import { raiseTree } from './tree.ts'
import type { Work } from './Work.ts'

/** A walk through memory that was filled before. */
export type WalkJob = { kind: 'walk'; cells: number; lanes: number; segments: number }

/** A thread's share is some of the lanes, with their leaves; what comes of it are all leaves, and the tree over them. */
export const walkWork: Work<WalkJob, void, Uint8Array> = {
  share(seat, job) {
    const { kernel, thread, threads } = seat
    const { cells, lanes, segments } = job
    const { cellsAt, leavesAt, leafBytes, tree, scratchOf } = layOutWalk(job, threads)
    const [scratch, size] = [scratchOf(thread), Math.min(groupLanes, lanes)]
    for (const group of takePieces(seat, groups, lanes / size)) {
      const from = group * size
      kernel.walkLanes(namesAt, from, from + size, segments, cellsAt, cells, leavesAt, scratch)
      kernel.hashAll(0, leavesAt + from * leafBytes, leafBytes, size, tree.at + 32 * from, scratch)
    }
  },

  finish({ kernel, memory, thread, threads }, job) {
    const { leavesAt, tree, bytes, scratchOf } = layOutWalk(job, threads)
    raiseTree(kernel, tree, scratchOf(thread))
    return new Uint8Array(memory, leavesAt, bytes - leavesAt).slice()
  },
}

/** What the counter counts. */
const groups = 0

import { layOutWalk } from './layOutWalk.ts'
import { groupLanes, namesAt } from './places.ts'
import { isLast, type Seat, takePieces } from './Seat.ts'
import { raiseTree } from './tree.ts'

/** A walk through memory that was filled before. */
export type WalkJob = { kind: 'walk'; cells: number; lanes: number; segments: number }

/** One thread's share of the lanes; whoever ends last raises the tree over all of them. */
export function walkMemory(seat: Seat, job: WalkJob): void {
  const { kernel, thread, threads } = seat
  const { cells, lanes, segments } = job
  const { cellsAt, leavesAt, leafBytes, tree, scratchOf } = layOutWalk(job, threads)
  const scratch = scratchOf(thread)
  const size = Math.min(groupLanes, lanes)
  for (const group of takePieces(seat, groups, lanes / size)) {
    const from = group * size
    kernel.walkLanes(namesAt, from, from + size, segments, cellsAt, cells, leavesAt, scratch)
    kernel.hashAll(0, leavesAt + from * leafBytes, leafBytes, size, tree.at + 32 * from, scratch)
  }
  if (isLast(seat, groupsDone)) raiseTree(kernel, tree, scratch)
}

/** What the counters count. */
const [groups, groupsDone] = [0, 1]

import { layOutWalk } from './layOutWalk.ts'
import { namesAt } from './places.ts'
import { takePieces } from './shareOut.ts'
import type { Work } from './Work.ts'

/** The memory of a walk, to be filled. */
export type FillJob = { kind: 'fill'; cells: number; hashes: number }

/** A thread's share is some of the cells. */
export const fillWork: Work<FillJob, void, undefined> = {
  share(seat, { cells, hashes }) {
    const { kernel, thread, threads } = seat
    const { cellsAt, scratchOf } = layOutWalk({ cells, lanes: 0, segments: 0 }, threads)
    for (const piece of takePieces(seat, pieces, cells / pieceCells)) {
      const first = piece * pieceCells
      kernel.fillCells(namesAt, BigInt(first), pieceCells, hashes, cellsAt + 32 * first, scratchOf(thread))
    }
  },

  finish: () => undefined,
}

/** What the counter counts. */
const pieces = 0

/** Cells that a thread fills at a time: as many as the smallest memory has. */
const pieceCells = 64

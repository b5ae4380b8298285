import { layOutWalk } from './layOutWalk.ts'
import { namesAt } from './places.ts'
import { type Seat, takePieces } from './Seat.ts'

/** The memory of a walk, to be filled. */
export type FillJob = { kind: 'fill'; cells: number; hashes: number }

/** One thread's share of the cells. */
export function fillMemory(seat: Seat, { cells, hashes }: FillJob): void {
  const { kernel, thread, threads } = seat
  const { cellsAt, scratchOf } = layOutWalk({ cells, lanes: 0, segments: 0 }, threads)
  for (const piece of takePieces(seat, pieces, cells / pieceCells))
    kernel.fillCells(namesAt, piece * pieceCells, (piece + 1) * pieceCells, hashes, cellsAt, scratchOf(thread))
}

/** What the counter counts. */
const pieces = 0

/** Cells that a thread fills at a time: as many as the smallest memory has. */
const pieceCells = 64

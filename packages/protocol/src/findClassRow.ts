import type { Class } from './Class.ts'
import type { ClassRow } from './classTable.ts'

/** The row that a measured slot is of, as `ClassTable.classOf` finds it: the last of its kind that it reaches. */
export function findClassRow(measured: Class, table: readonly ClassRow[]): ClassRow | undefined {
  return table.findLast(
    ({ kind, computeFrom, memoryFrom }) =>
      kind === measured.kind && measured.computeBand >= computeFrom && measured.memoryBand >= memoryFrom,
  )
}

import { type Checker, referenceChecker } from '../Checker.ts'
import type { Fault } from '../findFault.ts'
import { type Hex, isHexOf } from '../hex.ts'
import { type Position, startLane, type WalkNames, walkSegment } from './lane.ts'
import { readLane } from './laneLeaf.ts'
import type { PickedSegment } from './pickSegments.ts'
import { checkWalkSize, type WalkSize } from './walkSize.ts'

/**
 * What is wrong with a walk, found by going picked segments again: 64 · `hashes` hashes for each; undefined when they
 * are right. Holds one cell at a time, however large the walk was.
 *
 * @param root What the machine gave before it knew the picks.
 * @param openings What it sent for `picks`, in their order.
 * @param checker What makes the cells again; the reference when it is left out.
 */
export function findWalkFault(
  names: WalkNames,
  size: WalkSize,
  { root, picks, openings, checker = referenceChecker }: findWalkFault.Options,
): Fault | undefined {
  checkWalkSize(size)
  if (!isHexOf(root, 32)) return { reason: 'its root is not 32 bytes' }
  if (!Array.isArray(openings) || openings.length !== picks.length)
    return { reason: `it has not one opening for each of ${picks.length} picks` }
  const cellAt = (index: number) => checker.makeCell(names.key, index, size.hashes)
  for (const [at, { lane, segment }] of picks.entries()) {
    const checkpoints = readLane(openings[at], root as Hex, lane, size)
    if (!checkpoints) return { reason: `lane ${lane} is not opened` }
    const [first, from, to] = [checkpoints[0], checkpoints[segment], checkpoints[segment + 1]] as Position[]
    if (!isSame(first, startLane(names, lane))) return { reason: `lane ${lane} does not begin where it must` }
    if (!isSame(to, walkSegment(from as Position, size.cells, cellAt)))
      return { reason: `segment ${segment} of lane ${lane} is wrong` }
  }
  return undefined
}

export declare namespace findWalkFault {
  type Options = {
    root: unknown
    picks: readonly PickedSegment[]
    openings: unknown
    checker?: Pick<Checker, 'makeCell'> | undefined
  }
}

function isSame(one: Position | undefined, other: Position): boolean {
  return one !== undefined && one.a === other.a && one.b === other.b
}

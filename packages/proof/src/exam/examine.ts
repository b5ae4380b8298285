import type { Clock } from '@hotaru/base'
import type { Backend } from '../Backend.ts'
import type { Checker } from '../Checker.ts'
import type { ChallengeSize } from '../challenge.ts'
import type { Fault } from '../findFault.ts'
import type { Hex } from '../hex.ts'
import { checkRecord, type Posted } from './checkRecord.ts'
import type { Examinee } from './Examinee.ts'
import { timeSprint } from './timeSprint.ts'
import { timeWalk } from './timeWalk.ts'

/** What an audit asks of one machine; the ledger knows all of it. */
export type Asked = Pick<ChallengeSize, 'slots'> & { seed: Hex; chainId: bigint; machineId: bigint; auditId: bigint }

/** How long, and how much. */
export type ExamPlan = {
  /** How long a sprint and a walk should take: long enough that the way there and back is small beside it. */
  targetMs: number
  /** The most memory that a slot is asked to fill, in bytes. */
  maxMemoryBytes: number
  /** Depth of a cell, in hashes: what makes a cell that is not held dear. More for devices that hash faster than they read. */
  hashes: Readonly<Record<Backend['kind'], number>>
}

/** What was measured of each slot, the slowest counting. */
export type Measured = {
  /** What the machine says it computes with. */
  kind: Backend['kind']
  multiplyAddsPerSecond: number
  /** Memory that was proved to be held. */
  memoryBytes: number
  /** Cells read a second in the walk. */
  stepsPerSecond: number
}

/** Chance, time and tools of the examiner. */
export type Means = {
  clock: Clock
  random32: () => Hex
  /** What checks; the reference when it is left out. */
  checker?: Checker | undefined
}

/**
 * Examines a machine: checks the answer that it posted, then times a sprint and a walk that nobody could have prepared.
 *
 * @throws What the examinee throws when it does not answer: that is no fault yet.
 */
export async function examine(
  examinee: Examinee,
  asked: Asked,
  { posted, plan, ...means }: examine.Options,
): Promise<{ fault: Fault } | { measured: Measured }> {
  const fault = await checkRecord(examinee, asked, { ...posted, ...means })
  if (fault) return { fault }
  const kind = await examinee.begin()
  const sprint = await timeSprint(examinee, asked, { plan, ...means })
  if ('fault' in sprint) return sprint
  const walk = await timeWalk(examinee, asked, { plan: { ...plan, hashes: plan.hashes[kind] }, ...sprint, ...means })
  if ('fault' in walk) return walk
  return { measured: { kind, ...sprint, ...walk } }
}

export declare namespace examine {
  type Options = Means & { posted: Posted; plan: ExamPlan }
}

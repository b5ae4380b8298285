import type { Hex } from 'viem'

/** Something a committee judges; `subjectId` is the number of the audit or of the fault. */
export type Duty = { committeeId: bigint; kind: 'audit' | 'fault'; subjectId: bigint }

/** What a member votes, once it is sure; undefined while it may still look again. */
export type Vote = { vote: Hex; why: string }

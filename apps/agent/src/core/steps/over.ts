import { endLease, isFinished, settleLease } from './endLease.ts'
import type { Step } from './Step.ts'
import { wipe } from './wipe.ts'

/** Done: nothing of it stays here, and what it earned is paid out. */
export const over: Step = (lease, context) => {
  const finishedAtMs = lease.finishedAtMs ?? (isFinished(lease, context) ? context.nowMs : null)
  const next = { ...lease, finishedAtMs }
  return { lease: next, wants: [...wipe(next, context), ...endLease(next, context), ...settleLease(next, context)] }
}

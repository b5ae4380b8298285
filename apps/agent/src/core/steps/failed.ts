import { endLease, isFinished, settleLease } from './endLease.ts'
import type { Step } from './Step.ts'
import { wipe } from './wipe.ts'

/** It came to nothing: all of it is removed, the renter gets back what is left, and can read why for a while. */
export const failed: Step = (lease, context) => {
  const finishedAtMs = lease.finishedAtMs ?? (isFinished(lease, context) ? context.nowMs : null)
  const next = { ...lease, finishedAtMs }
  return { lease: next, wants: [...endLease(next, context), ...settleLease(next, context), ...wipe(next, context)] }
}

import { endLease, isFinished, settleLease } from './endLease.ts'
import { finish } from './leave.ts'
import type { Step } from './Step.ts'

/** The program has ended: its results wait to be fetched, and the ledger hears of it. */
export const exited: Step = (lease, context) => {
  const { nowMs, settings } = context
  const exitedAtMs = lease.exitedAtMs ?? nowMs
  const finishedAtMs = lease.finishedAtMs ?? (isFinished(lease, context) ? nowMs : null)
  const next = { ...lease, exitedAtMs, finishedAtMs }
  if (finishedAtMs !== null && nowMs >= finishedAtMs + settings.resultsGraceMs) return finish(next)

  // Nobody pays for what is lost, nor for a program that was never billed; else the renter may close first.
  const atOnce = next.exit?.reason === 'lost' || next.ledger.state === 'open'
  const isDue = atOnce || nowMs >= exitedAtMs + settings.exitGraceMs
  return { lease: next, wants: [...(isDue ? endLease(next, context) : []), ...settleLease(next, context)] }
}

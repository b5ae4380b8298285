import type { Effect } from '../Effect.ts'
import { endsAtMs } from '../time.ts'
import { finish } from './leave.ts'
import type { Step } from './Step.ts'

/** Billing runs: until the program ends, the renter stops it, or what was paid for is used up. */
export const running: Step = (lease, { state, nowMs }) => {
  if (lease.ledger.state === 'none') return finish(lease, 'the ledger no longer knows the lease')
  if (lease.exit) return { lease: { ...lease, step: 'exited' }, wants: [] }
  // The renter closed or rejected it: stop at once and keep nothing.
  if (lease.ledger.state === 'closed') return finish(lease, 'the renter closed the lease')
  if (!lease.handle) return finish(lease, 'the agent lost track of it')

  const task = { leaseId: lease.id, handle: lease.handle }
  const wants: Effect[] = [{ type: 'watchWorkload', ...task }]
  const ends = endsAtMs(state, lease)
  const isOver = lease.ledger.state === 'ended' || (ends !== null && nowMs >= ends)
  if (isOver || lease.stopRequested) wants.push({ type: 'stopWorkload', ...task })
  return { lease, wants }
}

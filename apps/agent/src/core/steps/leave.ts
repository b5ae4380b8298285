import type { LeaseWork } from '../State.ts'
import { hasPassed } from '../time.ts'
import type { Context, Move } from './Step.ts'

/** The move of a lease that came to nothing: everything of it is undone and the renter gets back what he can. */
export function fail(lease: LeaseWork, reason: string): Move {
  return { lease: { ...lease, step: 'failed', reason }, wants: [] }
}

/** The move of a lease whose work here is done. */
export function finish(lease: LeaseWork, reason: string | null = null): Move {
  return { lease: { ...lease, step: 'over', reason: lease.reason ?? reason }, wants: [] }
}

/** Whether a lease that has not started must go, and where; undefined while it may still start. */
export function leaveBeforeStart(lease: LeaseWork, { state, settings, nowMs }: Context): Move | undefined {
  const { ledger } = lease
  if (ledger.state === 'none') return finish(lease, 'the ledger no longer knows the lease')
  if (ledger.state === 'ended' || ledger.state === 'closed') return finish(lease, 'the lease was closed')
  if (lease.stopRequested) return fail(lease, 'it was stopped by the renter before it ran')
  const window = { since: ledger.unpaidFrom, seconds: settings.startWindowSeconds }
  if (ledger.state === 'open' && hasPassed(state, nowMs, window)) return fail(lease, 'it was not started in time')
  return undefined
}

import type { Effect } from '../Effect.ts'
import type { LeaseWork } from '../State.ts'
import { endsAtMs, hasPassed } from '../time.ts'
import type { Context } from './Step.ts'

/** Wants the lease ended on the ledger, so that unused seconds go back, if any are left. */
export function endLease(lease: LeaseWork, context: Context): Effect[] {
  const { state } = lease.ledger
  const isLive = state === 'open' || (state === 'running' && !isFinished(lease, context))
  return isLive ? [{ type: 'sendEnd', leaseId: lease.id }] : []
}

/** Wants what is earned paid out, once the lease has ended and the acceptance window is over. */
export function settleLease(lease: LeaseWork, { state, settings, nowMs }: Context): Effect[] {
  const { unpaidFrom, paidUntil, accepted, state: ledgerState } = lease.ledger
  if (ledgerState !== 'running' && ledgerState !== 'ended') return []
  const isEnded = hasPassed(state, nowMs, { since: paidUntil, seconds: 1 })
  const window = { since: unpaidFrom, seconds: settings.acceptWindowSeconds + 1 }
  const isAccepted = accepted || hasPassed(state, nowMs, window)
  return isEnded && isAccepted ? [{ type: 'sendSettle', leaseId: lease.id }] : []
}

/** Whether no more seconds can be earned with the lease. */
export function isFinished(lease: LeaseWork, { state, nowMs }: Context): boolean {
  if (lease.ledger.state === 'open') return false
  if (lease.ledger.state !== 'running') return true
  const ends = endsAtMs(state, lease)
  return ends !== null && nowMs >= ends
}

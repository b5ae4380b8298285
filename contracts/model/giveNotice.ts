import { type LeaseModel, type LedgerModel, Refusal } from './LeaseModel.ts'
import { closeLease, release } from './moveMoney.ts'

const notice = 60
/** For a lease that pays nothing. */
const idleNotice = 10

/** Tells a preemptible lease that it ends soon; one that has not started is closed. @returns When it ends. */
export function giveNotice(model: LedgerModel, lease: LeaseModel, at: number): number {
  if (!lease.preemptible || lease.phase === 'closed') throw new Refusal('Leases_NotPreemptible')
  if (lease.phase === 'open') {
    closeLease(model, lease, { paidTo: at, at })
    return at
  }
  const endsAt = Math.min(lease.endsAt, at + (lease.rate === 0n ? idleNotice : notice))
  shorten(model, lease, endsAt)
  return endsAt
}

/** Moves the end of a running lease back to `endsAt`: what was bought beyond goes back. */
export function shorten(model: LedgerModel, lease: LeaseModel, endsAt: number): void {
  release(model, lease, { refund: lease.rate * BigInt(lease.endsAt - endsAt) })
  lease.endsAt = endsAt
  lease.latestEnd = endsAt
}

import { giveNotice, shorten } from './giveNotice.ts'
import { acceptWindow, type LeaseModel, type LedgerModel, type Party, Refusal, startWindow } from './LeaseModel.ts'
import { closeLease, release, takeEscrow } from './moveMoney.ts'
import { leaseOf } from './openLease.ts'

/** What somebody asks of a lease that there is. */
export type ActOnLease =
  | { kind: 'start' | 'end' | 'preempt' | 'close' | 'settle' | 'reject'; by: Party; leaseId: bigint }
  | { kind: 'extend'; by: Party; leaseId: bigint; seconds: number }

const maxRejects = 3
const rejectPeriod = 86_400

/** Does it in the second `at`. The order of the questions is the ledger's. */
export function actOnLease(model: LedgerModel, command: ActOnLease, at: number): void {
  const lease = leaseOf(model, command.leaseId)
  const moment = { by: command.by, at }
  if (command.kind === 'extend') extend(model, lease, { ...moment, seconds: command.seconds })
  else acts[command.kind](model, lease, moment)
}

type Moment = { by: Party; at: number }

const acts = {
  start(model: LedgerModel, lease: LeaseModel, { by, at }: Moment) {
    requireMachineSide(model, lease, by)
    if (lease.phase !== 'open') throw new Refusal('Leases_WrongState')
    if (at < lease.opensAt) throw new Refusal('Leases_StartTooEarly')
    if (at >= lease.opensAt + startWindow) throw new Refusal('Leases_StartWindowOver')
    Object.assign(lease, { phase: 'begun', paidTo: at, endsAt: at + lease.bought })
  },
  end(model: LedgerModel, lease: LeaseModel, { by, at }: Moment) {
    requireMachineSide(model, lease, by)
    if (lease.phase !== 'open' && !isRunning(lease, at)) throw new Refusal('Leases_WrongState')
    if (lease.phase === 'open' || isAccepted(lease, at)) closeLease(model, lease, { paidTo: at, at })
    else shorten(model, lease, at)
  },
  preempt(model: LedgerModel, lease: LeaseModel, { by, at }: Moment) {
    requireMachineSide(model, lease, by)
    giveNotice(model, lease, at)
  },
  close(model: LedgerModel, lease: LeaseModel, { by, at }: Moment) {
    const isMissed = lease.phase === 'open' && at >= lease.opensAt + startWindow
    if (!isMissed && by !== lease.renter) throw new Refusal('Leases_NotRenter')
    if (lease.phase === 'closed') throw new Refusal('Leases_WrongState')
    closeLease(model, lease, { paidTo: Math.min(at, lease.endsAt), at })
  },
  settle(model: LedgerModel, lease: LeaseModel, { at }: Moment) {
    if (lease.phase !== 'begun' || !isAccepted(lease, at)) return
    if (at >= lease.endsAt) {
      closeLease(model, lease, { paidTo: lease.endsAt, at })
      return
    }
    const gross = lease.rate * BigInt(at - lease.paidTo)
    if (gross === 0n) return
    release(model, lease, { gross })
    Object.assign(lease, { paidTo: at, accepted: true })
  },
  reject(model: LedgerModel, lease: LeaseModel, { by, at }: Moment) {
    if (by !== lease.renter) throw new Refusal('Leases_NotRenter')
    if (lease.phase !== 'begun') throw new Refusal('Leases_WrongState')
    if (isAccepted(lease, at)) throw new Refusal('Leases_AcceptWindowOver')
    const last = model.rejects[by]
    const rejects = last && at < last.until ? last : { count: 0, until: at + rejectPeriod }
    if (rejects.count === maxRejects) throw new Refusal('Leases_TooManyRejects')
    model.rejects[by] = { ...rejects, count: rejects.count + 1 }
    closeLease(model, lease, { paidTo: lease.paidTo, at })
  },
}

function extend(model: LedgerModel, lease: LeaseModel, { by, at, seconds }: Moment & { seconds: number }): void {
  if (by !== lease.renter) throw new Refusal('Leases_NotRenter')
  if (!isRunning(lease, at)) throw new Refusal('Leases_WrongState')
  if (seconds === 0 || lease.endsAt + seconds > lease.latestEnd) throw new Refusal('Leases_ExtensionOutOfBounds')
  lease.endsAt += seconds
  takeEscrow(model, lease, by, lease.rate * BigInt(seconds))
}

function requireMachineSide(model: LedgerModel, { machineId }: LeaseModel, by: Party): void {
  const machine = model.machines[Number(machineId) - 1]
  if (by !== machine?.owner && by !== machine?.key) throw new Refusal('Leases_NotMachine')
}

function isRunning({ phase, endsAt }: LeaseModel, at: number): boolean {
  return phase === 'begun' && at < endsAt
}

function isAccepted({ accepted, paidTo }: LeaseModel, at: number): boolean {
  return accepted || at >= paidTo + acceptWindow
}

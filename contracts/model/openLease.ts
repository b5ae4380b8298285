import { giveNotice } from './giveNotice.ts'
import { type LeaseModel, type LedgerModel, type Party, Refusal, startWindow } from './LeaseModel.ts'
import { takeEscrow } from './moveMoney.ts'
import { rateOf } from './splitRent.ts'

const silenceLimit = 3600

export type Opening = {
  by: Party
  machineId: bigint
  slots: bigint
  duration: number
  preemptible: boolean
  /** 0 with an operator: it works for nothing. */
  feeBps: bigint
  withOperator: boolean
  /** The renter saw other terms than those of now. */
  sawOldTerms: boolean
  maxRate: bigint
  /** Leases, by number, that it pushes out; undefined when it is a plain opening. */
  over: readonly bigint[] | undefined
}

/** Opens a lease, on free slots or over preemptible ones. The order of the questions is the ledger's. */
export function openLease(model: LedgerModel, opening: Opening, at: number): void {
  const { machineId, slots, by, duration, preemptible, feeBps } = opening
  const pushed = opening.over?.map((leaseId) => leaseOf(model, leaseId)) ?? []
  const startsAt = opening.over === undefined ? at : pushOut(model, opening, pushed, at)
  const machine = model.machines[Number(machineId) - 1]
  if (!machine) throw new Refusal('Machines_NotOnline')
  const { terms } = machine
  if (at > machine.lastSeen + silenceLimit) throw new Refusal('Machines_Silent')
  if (at >= machine.classUntil) throw new Refusal('Machines_AuditStale')
  if (opening.sawOldTerms) throw new Refusal('Machines_OfferChanged')
  const isOffered = preemptible ? terms.preemptible : terms.usdPerSlotHour > 0n
  if (!isOffered) throw new Refusal('Machines_NotOffered')
  if (duration < terms.minSeconds || duration > terms.maxSeconds) throw new Refusal('Leases_DurationOutOfBounds')
  if (slots === 0n || slots >> BigInt(machine.slots) !== 0n) throw new Refusal('Leases_SlotsInvalid')
  if ((busySlots(model, machineId, at, pushed) & slots) !== 0n) throw new Refusal('Leases_SlotsBusy')
  const cap = opening.withOperator ? model.operator.feeCapBps : 0n
  if (feeBps > cap) throw new Refusal('Leases_FeeTooHigh')
  if (opening.withOperator && model.operator.party === by) throw new Refusal('Leases_SelfReferral')

  const usdPerSlotHour = preemptible ? terms.preemptibleUsdPerSlotHour : terms.usdPerSlotHour
  if (usdPerSlotHour > 0n && at > model.priceFreshUntil) throw new Refusal('Prices_Stale')
  const rate = rateOf({ usdPerSlotHour, slots: sizeOf(slots), usdPerToken: model.usdPerToken, feeBps })
  if (rate > opening.maxRate) throw new Refusal('Leases_RateTooHigh')
  const lease: LeaseModel = {
    ...{ machineId, renter: by, payee: machine.owner, slots, preemptible, feeBps, rate },
    operator: opening.withOperator ? model.operator.party : undefined,
    ...{ burnBps: model.burnBps, escrow: 0n, phase: 'open', accepted: false, bought: duration },
    ...{ opensAt: startsAt, paidTo: startsAt, endsAt: 0, latestEnd: startsAt + startWindow + terms.maxSeconds },
    left: { slots: 0n, until: 0 },
  }
  model.leases.push(lease)
  takeEscrow(model, lease, by, rate * BigInt(duration))
}

/** The slots of a machine that a lease holds now. @param except Leases that give way. */
export function busySlots(
  { leases }: LedgerModel,
  machineId: bigint,
  at: number,
  except: readonly LeaseModel[] = [],
): bigint {
  return leases
    .filter((lease) => lease.machineId === machineId && !except.includes(lease))
    .reduce((busy, lease) => busy | heldBy(lease, at), 0n)
}

/** The lease of this number. */
export function leaseOf(model: LedgerModel, leaseId: bigint): LeaseModel {
  const lease = model.leases[Number(leaseId) - 1]
  if (!lease) throw new Refusal('Leases_Unknown')
  return lease
}

/** Gives all of them notice, and says when the last notice is over. */
function pushOut(model: LedgerModel, opening: Opening, pushed: readonly LeaseModel[], at: number): number {
  if (opening.preemptible) throw new Refusal('Leases_NotOnDemand')
  return pushed.reduce((startsAt, lease) => {
    const isInTheWay = lease.machineId === opening.machineId && (lease.slots & opening.slots) !== 0n
    if (!isInTheWay) throw new Refusal('Leases_NotPreemptible')
    return Math.max(startsAt, giveNotice(model, lease, at))
  }, at)
}

function heldBy(lease: LeaseModel, at: number): bigint {
  if (lease.phase === 'open') return at < lease.opensAt + startWindow ? lease.slots : 0n
  if (lease.phase === 'begun') return at < lease.endsAt ? lease.slots : 0n
  return at < lease.left.until ? lease.left.slots : 0n
}

function sizeOf(slots: bigint): bigint {
  let size = 0n
  for (let left = slots; left !== 0n; left &= left - 1n) size++
  return size
}

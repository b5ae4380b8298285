import type { LeaseModel, LedgerModel, Party } from './LeaseModel.ts'
import { busySlots } from './openLease.ts'

/** A lease as `Leases.lease` answers it, parties by name. */
export type LeasePicture = {
  machineId: bigint
  renter: Party
  payee: number
  operator: number
  state: number
  slots: bigint
  burnBps: number
  feeBps: number
  preemptible: boolean
  accepted: boolean
  rate: bigint
  escrow: bigint
  duration: number
  unpaidFrom: number
  paidUntil: number
  latestEnd: number
}

/** What can be seen of the ledger and has to be the same on both sides. */
export type Picture = {
  leases: LeasePicture[]
  wallets: Record<Party, bigint>
  purses: bigint[]
  /** Tokens that Leases holds: escrow, purses and what waits for the fire. */
  held: bigint
  pendingBurn: bigint
  totalBurnt: bigint
  burnBps: bigint
  busySlots: bigint[]
}

const states = { open: 1, running: 2, ended: 3, closed: 4 }

/** What the model says one sees in the second `at`. */
export function pictureOf(model: LedgerModel, at: number): Picture {
  const { wallets, pendingBurn, totalBurnt, burnBps } = model
  const purses = model.purses.map(({ amount }) => amount)
  const sum = (amounts: readonly bigint[]) => amounts.reduce((total, amount) => total + amount, 0n)
  return {
    leases: model.leases.map((lease) => picture(model, lease, at)),
    ...{ wallets, purses, pendingBurn, totalBurnt, burnBps },
    held: sum(model.leases.map(({ escrow }) => escrow)) + sum(purses) + pendingBurn,
    busySlots: model.machines.map((_, index) => busySlots(model, BigInt(index + 1), at)),
  }
}

function picture(model: LedgerModel, lease: LeaseModel, at: number): LeasePicture {
  const { machineId, renter, slots, preemptible, accepted, rate, escrow, latestEnd } = lease
  const purseOf = (party: Party | undefined) => model.purses.findIndex((purse) => purse.party === party) + 1
  const isOpen = lease.phase === 'open'
  const begun = at < lease.endsAt ? states.running : states.ended
  return {
    ...{ machineId, renter, slots, preemptible, accepted, rate, escrow, latestEnd },
    ...{ payee: purseOf(lease.payee), operator: purseOf(lease.operator) },
    state: lease.phase === 'begun' ? begun : states[lease.phase],
    ...{ burnBps: Number(lease.burnBps), feeBps: Number(lease.feeBps) },
    ...{ duration: isOpen ? lease.bought : 0, unpaidFrom: lease.paidTo, paidUntil: isOpen ? 0 : lease.endsAt },
  }
}

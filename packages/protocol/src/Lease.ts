import type { Address } from 'viem'

/** States of a lease, in the order of the ledger's enum. */
export const leaseStates = ['none', 'open', 'running', 'ended', 'closed'] as const
export type LeaseState = (typeof leaseStates)[number]

/** The right to some slots of a machine, paid to the second, as the ledger knows it. */
export type Lease = {
  id: bigint
  machineId: bigint
  renter: Address
  /** Purse that is paid the rent: the owner's when the lease was opened. */
  payee: number
  /** Purse that is paid the operator's fee; 0 when none. */
  operator: number
  state: LeaseState
  /** Set of slots, slot i is bit i. */
  slots: bigint
  /** Share of the rent less fee that is burnt, in ten-thousandths. */
  burnBps: number
  /** Share of the rent that is the operator's, in ten-thousandths. */
  feeBps: number
  /** Whether an on-demand lease may push it out. */
  preemptible: boolean
  /** Whether something has been paid, so that it cannot be rejected any more. */
  accepted: boolean
  /** Token units a second for all slots, fee included. */
  rate: bigint
  /** Token units still held. */
  escrow: bigint
  /** Seconds bought and not started yet; 0 once it runs. */
  durationSeconds: number
  /** Unix seconds: opening while open, start while nothing is paid yet, then up to when the payee has been paid. */
  unpaidFrom: number
  /** Unix seconds; 0 before the start. */
  paidUntil: number
  /** Unix seconds to which it may be extended. */
  latestEnd: number
}

/** Which states may follow which; `closed` is absorbing. The ledger allows no other step. */
export const leaseSteps: Readonly<Record<LeaseState, readonly LeaseState[]>> = {
  none: ['open'],
  open: ['running', 'closed'],
  running: ['ended', 'closed'],
  ended: ['closed'],
  closed: [],
}

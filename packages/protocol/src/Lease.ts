import type { Address } from 'viem'

/** States of a lease, in the order of the ledger's enum. */
export const leaseStates = ['none', 'open', 'running', 'ended', 'closed'] as const
export type LeaseState = (typeof leaseStates)[number]

/** The right to some slots of a machine, paid to the second, as the ledger knows it. */
export type Lease = {
  id: bigint
  machineId: bigint
  renter: Address
  /** Who is paid the rent: the owner when the lease was opened. */
  payee: Address
  state: LeaseState
  /** Set of slots, slot i is bit i. */
  slots: bigint
  /** Share of the rent that is burnt, in ten-thousandths. */
  burnBps: number
  /** Token units a second for all slots. */
  rate: bigint
  /** Token units still held. */
  escrow: bigint
  /** Seconds bought, extensions included. */
  durationSeconds: number
  openedAt: number
  /** Unix seconds when billing began; 0 before. */
  startedAt: number
  /** Unix seconds; 0 before the start. */
  paidUntil: number
  settledAt: number
}

/** Which states may follow which; `closed` is absorbing. The ledger allows no other step. */
export const leaseSteps: Readonly<Record<LeaseState, readonly LeaseState[]>> = {
  none: ['open'],
  open: ['running', 'closed'],
  running: ['ended', 'closed'],
  ended: ['closed'],
  closed: [],
}

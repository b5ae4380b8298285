import type { Address, Hex } from 'viem'
import type { Class } from './Class.ts'

/** States of a deed, in the order of the ledger's enum. */
export const machineStates = ['none', 'online', 'paused', 'exited'] as const
export type MachineState = (typeof machineStates)[number]

/** How strong the wall around a workload is, in the order of the ledger's numbers. */
export const tiers = ['process', 'container', 'gvisor', 'vm', 'confidential'] as const
export type Tier = (typeof tiers)[number]

/** The terms at which a machine's free slots can be leased. */
export type Offer = {
  /** Millionths of a US dollar for one slot and hour. */
  usdPerSlotHour: bigint
  minSeconds: number
  maxSeconds: number
  tier: Tier
  /** Price of a lease that an on-demand one may push out; undefined: none is offered. */
  preemptibleUsdPerSlotHour?: bigint | undefined
  /** Hours of the week in which leases may run; undefined: all. */
  week?: Week | undefined
}

/** Hours of the week: bit h of `hours` is hour h of local time, hour 0 is Monday 0:00. */
export type Week = {
  hours: bigint
  /** Local time ahead of UTC, in whole quarters of an hour. */
  utcOffsetMinutes: number
}

/** A machine as the ledger knows it. */
export type Machine = {
  id: bigint
  owner: Address
  /** The agent's address; its public key is also its identity on the link. */
  key: Address
  state: MachineState
  slots: number
  /** Unix seconds of the last heartbeat. */
  lastSeen: number
  offer: Offer
  offerHash: Hex
  /** Where the agent listens, as a multiaddr. */
  endpoint: string
  /** What the owner says the hardware is; nobody vouches for it. */
  claim: string
  /** What the last audit measured; undefined before the first. */
  class: Class | undefined
  /** Weight in rewards, from the class. */
  points: number
  /** The span, in unix seconds, in which the machine was last said to be away; zeros when never. */
  maintenance: { from: number; until: number }
  /** Unix seconds until which the class counts. */
  classValidUntil: number
  /** Slots held by open leases now, slot i is bit i. */
  busySlots: bigint
}

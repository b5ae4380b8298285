import type { Lease, Machine, Receipt } from '@hotaru/protocol'
import type { Address, Hex } from 'viem'
import type { Records } from './Records.ts'

/**
 * What a renter asks of the ledger, and the records that anyone may look up; `createChainLedger` is the real one, `createFakeLedger` the one with knobs.
 *
 * Every call may fail with the errors of `@hotaru/chain`; `retry: 'elsewhere'` means that another offer may do.
 */
export type Ledger = Records & {
  /** The ledger that lease tokens are signed for. */
  readonly domain: { chainId: number; leases: Address }
  /** Answers where the chain is, and throws where it is not the one of the network file. */
  readChain(): Promise<ChainFacts>
  listMachines(): Promise<Machine[]>
  readMachine(machineId: bigint): Promise<Machine>
  balanceOf(account: Address): Promise<bigint>
  /** Opens a lease at the price of now, or at most two percent above it when it moves meanwhile. */
  openLease(order: Order): Promise<OpenedLease>
  /** Ends a lease for its renter and pays everything out. A lease that is closed already is no error. */
  closeLease(leaseId: bigint): Promise<void>
  readLease(leaseId: bigint): Promise<Lease>
  /** The leases of one renter, newest first. */
  listLeases(renter: Address): Promise<Lease[]>
  readReceipt(leaseId: bigint): Promise<Receipt>
}

/** Where a chain stands. */
export type ChainFacts = {
  chainId: number
  block: bigint
  /** Unix seconds of the newest block. */
  blockTime: number
  /** Millionths of a US dollar for one whole token; undefined when the reporters are silent. */
  usdPerToken: bigint | undefined
  verifiers: number
  contracts: Readonly<Record<string, Address>>
}

/** What a renter agrees to when he opens a lease. */
export type Order = {
  machineId: bigint
  /** Set of slots, slot i is bit i. */
  slots: bigint
  durationSeconds: number
  /** The terms he saw; other terms are refused. */
  offerHash: Hex
  workloadDigest: Hex
}

/** A lease that was just opened. */
export type OpenedLease = { leaseId: bigint; rate: bigint; escrow: bigint; hash: Hex; gasUsed: bigint }

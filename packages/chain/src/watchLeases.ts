import { leasesAbi } from '@hotaru/contracts'
import type { Address, Hex } from 'viem'
import type { Ledger } from './createLedger.ts'
import { type EventLog, type Position, type WatchOptions, watchLogs } from './watchLogs.ts'

/** Something that happened to a lease. Money in token units, times in unix seconds. */
export type LeaseEvent = Position & { leaseId: bigint; removed: boolean } & (
    | {
        kind: 'opened'
        machineId: bigint
        renter: Address
        slots: bigint
        rate: bigint
        durationSeconds: number
        escrow: bigint
        workloadDigest: Hex
      }
    | { kind: 'started'; paidUntil: number }
    | { kind: 'extended'; durationSeconds: number; escrow: bigint }
    | { kind: 'ended'; paidUntil: number }
    | { kind: 'preempted'; paidUntil: number }
    | { kind: 'settled'; paid: bigint; fee: bigint; burnt: bigint; refunded: bigint }
    | { kind: 'rejected'; renter: Address }
    | { kind: 'closed' }
  )

/**
 * Yields what happens to leases, for ever.
 *
 * Take an event as a hint to read the lease again: one that comes with `removed` was taken back by the chain, and one
 * may come twice when a watch begins again at a block it has seen.
 *
 * @example
 * for await (const event of watchLeases(ledger, { fromBlock, signal })) await look(event.leaseId)
 */
export async function* watchLeases(ledger: Ledger, options: WatchOptions = {}): AsyncGenerator<LeaseEvent> {
  const contract = { abi: leasesAbi, address: ledger.deployment.addresses.leases } as const
  for await (const { log, removed } of watchLogs(ledger, contract, options)) {
    const event = toLeaseEvent(log, removed)
    if (event) yield event
  }
}

/** One log of Leases as an event; undefined for those that are not about a lease. */
export function toLeaseEvent(log: EventLog<typeof leasesAbi>, removed: boolean): LeaseEvent | undefined {
  const { blockNumber, blockHash, logIndex, transactionHash } = log
  const at = { blockNumber, blockHash, logIndex, transactionHash, removed }
  switch (log.eventName) {
    case 'Opened': {
      const { duration, ...rest } = log.args
      return { kind: 'opened', ...at, ...rest, durationSeconds: duration }
    }
    case 'Started':
      return { kind: 'started', ...at, leaseId: log.args.leaseId, paidUntil: Number(log.args.paidUntil) }
    case 'Extended': {
      const { leaseId, duration, escrow } = log.args
      return { kind: 'extended', ...at, leaseId, escrow, durationSeconds: duration }
    }
    case 'Ended':
      return { kind: 'ended', ...at, leaseId: log.args.leaseId, paidUntil: Number(log.args.paidUntil) }
    case 'Preempted':
      return { kind: 'preempted', ...at, leaseId: log.args.leaseId, paidUntil: Number(log.args.paidUntil) }
    case 'Settled':
      return { kind: 'settled', ...at, ...log.args }
    case 'Rejected':
      return { kind: 'rejected', ...at, ...log.args }
    case 'Closed':
      return { kind: 'closed', ...at, ...log.args }
    default:
      return undefined
  }
}

import { leasesAbi, machinesAbi } from '@hotaru/contracts'
import { formatClass, type Lease, type Receipt } from '@hotaru/protocol'
import type { Hex } from 'viem'
import type { Ledger } from './createLedger.ts'
import { findBlockAt } from './findBlockAt.ts'
import { readCall } from './readCall.ts'
import { readLease } from './readLease.ts'
import { toClass } from './readMachine.ts'
import { walkBlocks } from './walkBlocks.ts'
import { type LeaseEvent, toLeaseEvent } from './watchLeases.ts'

/**
 * Builds the receipt of a lease from the ledger's own events: what was put in, where it went, and what all its
 * transactions cost in gas, the machine's included. `escrow = paid + fee + burnt + refunded` once the lease is closed.
 *
 * @throws LeaseNotFoundError, UnreachableError
 */
export async function readReceipt(ledger: Ledger, { leaseId }: { leaseId: bigint }): Promise<Receipt> {
  const lease = await readLease(ledger, { leaseId })
  const events = await readEvents(ledger, leaseId, await findOpening(ledger, lease))
  const paid = sum(events, (event) => (event.kind === 'settled' ? event.paid : 0n))
  const fee = sum(events, (event) => (event.kind === 'settled' ? event.fee : 0n))
  const burnt = sum(events, (event) => (event.kind === 'settled' ? event.burnt : 0n))
  const refunded = sum(events, (event) => (event.kind === 'settled' ? event.refunded : 0n))
  const escrow = sum(events, (event) => (event.kind === 'opened' || event.kind === 'extended' ? event.escrow : 0n))
  const [machine, transactions] = await Promise.all([
    readCall(ledger, `read the class of machine "${lease.machineId}"`, (client, { machines }) =>
      client.readContract({ abi: machinesAbi, address: machines, functionName: 'machine', args: [lease.machineId] }),
    ),
    readTransactions(ledger, events),
  ])
  return {
    lease: leaseId,
    machine: lease.machineId,
    class: machine.classUntil === 0 ? 'unmeasured' : formatClass(toClass(machine.class)),
    // The rent is a whole number of seconds at the lease's rate, so this is exact.
    seconds: lease.rate === 0n ? 0 : Number((paid + fee + burnt) / lease.rate),
    ...{ escrow, paid, fee, burnt, refunded, transactions },
    gas: transactions.reduce((total, { gasUsed }) => total + gasUsed, 0n),
  }
}

/** The events of one lease in their order, up to the one that closed it. */
async function readEvents(ledger: Ledger, leaseId: bigint, fromBlock: bigint): Promise<LeaseEvent[]> {
  const { client, deployment } = ledger
  const events: LeaseEvent[] = []
  await walkBlocks(ledger, { from: fromBlock }, async (range) => {
    const logs = await client.getContractEvents({
      ...{ abi: leasesAbi, address: deployment.addresses.leases, ...range, strict: true },
    })
    for (const log of logs) {
      const event = toLeaseEvent(log, false)
      if (event?.leaseId === leaseId) events.push(event)
    }
    return events.some(({ kind }) => kind === 'closed') || undefined
  })
  return events
}

/** Each transaction once, named by what it did first to the lease; paying out is a consequence where it did more. */
async function readTransactions(ledger: Ledger, events: readonly LeaseEvent[]): Promise<Receipt['transactions']> {
  const named = new Map<Hex, string>()
  for (const { kind, transactionHash } of events) {
    const known = named.get(transactionHash)
    if (known === undefined || known === verbs.settled) named.set(transactionHash, verbs[kind])
  }
  return Promise.all(
    [...named].map(async ([hash, what]) => {
      const read = `read transaction "${hash}"`
      const { gasUsed } = await readCall(ledger, read, (client) => client.getTransactionReceipt({ hash }))
      return { what, hash, gasUsed }
    }),
  )
}

const verbs: Readonly<Record<LeaseEvent['kind'], string>> = {
  ...{ opened: 'open', started: 'start', extended: 'extend', ended: 'end' },
  ...{ preempted: 'preempt', settled: 'settle', rejected: 'reject', closed: 'close' },
}

/** The block that opened a lease: at or before the time from which it is unpaid. */
async function findOpening(ledger: Ledger, { id, unpaidFrom }: Lease): Promise<bigint> {
  const { client, deployment } = ledger
  const from = await findBlockAt(ledger, unpaidFrom)
  const block = await walkBlocks(ledger, { from, backwards: true }, async (range) => {
    const [opened] = await client.getContractEvents({
      ...{ abi: leasesAbi, address: deployment.addresses.leases, eventName: 'Opened' },
      ...{ args: { leaseId: id }, ...range, strict: true },
    })
    return opened?.blockNumber
  })
  return block ?? BigInt(deployment.block)
}

const sum = (events: readonly LeaseEvent[], part: (event: LeaseEvent) => bigint) =>
  events.reduce((total, event) => total + part(event), 0n)

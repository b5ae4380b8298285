import { deadline } from '@hotaru/base/async'
import type { Receipt } from '@hotaru/protocol'
import type { Client } from '../Client.ts'
import type { LeaseSession } from '../lease/LeaseSession.ts'

/** A machine that does not answer is not waited for: the ledger ends the lease whatever it does. */
const stopTimeoutMs = 3000

/**
 * Ends a lease whatever state it is in, so that its unused seconds come back, and reads what it cost.
 *
 * The machine is asked to stop first, but only the ledger's answer counts.
 */
export async function giveBack(client: Client, session: LeaseSession): Promise<Receipt> {
  const stopped = session.ask({ verb: 'lease.stop' })
  await deadline(stopped, stopTimeoutMs, { what: 'stop the workload', clock: client.clock }).catch(() => {})
  return closeAndRead(client, session.leaseId)
}

/** Closes a lease on the ledger and reads its receipt. */
export async function closeAndRead(client: Client, leaseId: bigint): Promise<Receipt> {
  await client.ledger.closeLease(leaseId)
  return client.ledger.readReceipt(leaseId)
}

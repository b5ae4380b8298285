import type { Receipt } from '@hotaru/protocol'
import type { Client } from '../Client.ts'
import { giveBack } from '../run/giveBack.ts'
import { openSession } from './openSession.ts'

/** Stops a workload and closes its lease: the unused seconds come back. A lease that is closed already just has its receipt read. */
export async function stopLease(client: Client, leaseId: bigint): Promise<Receipt> {
  const session = await openSession(client, leaseId, ['stop'])
  try {
    const { state } = await client.ledger.readLease(leaseId)
    return state === 'closed' ? await client.ledger.readReceipt(leaseId) : await giveBack(client, session)
  } finally {
    await session.close()
  }
}

import { BaseError } from '@hotaru/base'
import type { Scope } from '@hotaru/protocol'
import { isAddressEqual } from 'viem'
import type { Client } from '../Client.ts'
import { LeaseSession } from './LeaseSession.ts'

/**
 * A session for a lease that was opened earlier, from nothing but its number: the rest is on the ledger.
 *
 * @throws `Lease.NotYoursError` before anything is dialled.
 */
export async function openSession(client: Client, leaseId: bigint, scopes: readonly Scope[]): Promise<LeaseSession> {
  const lease = await client.ledger.readLease(leaseId)
  if (!isAddressEqual(lease.renter, client.account.address))
    throw new NotYourLeaseError({ leaseId, renter: lease.renter, account: client.account.address })
  const machine = await client.ledger.readMachine(lease.machineId)
  const target = { endpoint: machine.endpoint, machineKey: machine.key, machineId: machine.id }
  return new LeaseSession(client, leaseId, { target, scopes })
}

export class NotYourLeaseError extends BaseError {
  override readonly name = 'Lease.NotYoursError'

  constructor({ leaseId, renter, account }: { leaseId: bigint; renter: string; account: string }) {
    super(`Cannot use lease "${leaseId}": it belongs to another account, expected yours`, {
      facts: { renter, account },
      hint: 'give the wallet that opened it with --key-file',
      exitCode: 4,
    })
  }
}

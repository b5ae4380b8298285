import { leasesAbi } from '@hotaru/contracts'
import { type Address, encodeFunctionData } from 'viem'
import type { Ledger } from './createLedger.ts'
import { readCall } from './readCall.ts'
import { type Written, writeCall } from './sendCall.ts'

/**
 * Lets `controller` steer a lease until a unix second: it may sign for it on the link, close and reject it, and has no right to
 * money. The zero address takes it back. For the renter.
 */
export function setController(
  ledger: Ledger,
  parameters: { leaseId: bigint; controller: Address; until: number },
): Promise<Written> {
  const { leaseId, controller, until } = parameters
  const args = [leaseId, controller, until] as const
  const data = encodeFunctionData({ abi: leasesAbi, functionName: 'setController', args })
  return writeCall(ledger, { to: ledger.deployment.addresses.leases, data }, `set the controller of lease "${leaseId}"`)
}

/** Whether an account may steer a lease: its renter, or a controller he set that has not run out. */
export function mayControlLease(ledger: Ledger, parameters: { leaseId: bigint; account: Address }): Promise<boolean> {
  const { leaseId, account } = parameters
  return readCall(ledger, `ask who may steer lease "${leaseId}"`, (client, { leases }) =>
    client.readContract({ abi: leasesAbi, address: leases, functionName: 'mayControl', args: [leaseId, account] }),
  )
}

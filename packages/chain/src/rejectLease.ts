import { leasesAbi } from '@hotaru/contracts'
import { encodeFunctionData } from 'viem'
import type { Ledger } from './createLedger.ts'
import { type Written, writeCall } from './sendCall.ts'

/** Refuses the machine inside the acceptance window: the renter gets everything back. A few times a day at the most. */
export function rejectLease(ledger: Ledger, { leaseId }: { leaseId: bigint }): Promise<Written> {
  const data = encodeFunctionData({ abi: leasesAbi, functionName: 'reject', args: [leaseId] })
  return writeCall(ledger, { to: ledger.deployment.addresses.leases, data }, `reject lease "${leaseId}"`)
}

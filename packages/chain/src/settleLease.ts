import { leasesAbi } from '@hotaru/contracts'
import { encodeFunctionData } from 'viem'
import type { Ledger } from './createLedger.ts'
import { type Written, writeCall } from './sendCall.ts'

/** Pays what a lease has earned and what is payable by now. For anyone, as often as wanted; on a closed one nothing happens. */
export function settleLease(ledger: Ledger, { leaseId }: { leaseId: bigint }): Promise<Written> {
  const data = encodeFunctionData({ abi: leasesAbi, functionName: 'settle', args: [leaseId] })
  return writeCall(ledger, { to: ledger.deployment.addresses.leases, data }, `settle lease "${leaseId}"`)
}

import { leasesAbi } from '@hotaru/contracts'
import type { LeaseState } from '@hotaru/protocol'
import { encodeFunctionData } from 'viem'
import type { Ledger } from './createLedger.ts'
import { readLease } from './readLease.ts'
import { isRefusal, type Written, writeCall } from './sendCall.ts'

/**
 * Stops a lease from the machine's side: unused seconds go back at once. For the machine's key or owner.
 *
 * Safe to repeat: a lease that is over is `already`.
 */
export async function endLease(ledger: Ledger, { leaseId }: { leaseId: bigint }): Promise<endLease.Result> {
  const data = encodeFunctionData({ abi: leasesAbi, functionName: 'end', args: [leaseId] })
  try {
    const written = await writeCall(ledger, { to: ledger.deployment.addresses.leases, data }, `end lease "${leaseId}"`)
    return { already: false, ...written }
  } catch (error) {
    if (!isRefusal(error, 'Leases_WrongState')) throw error
    const { state } = await readLease(ledger, { leaseId })
    if (!['ended', 'closed'].includes(state)) throw error
    return { already: true, state }
  }
}

export declare namespace endLease {
  type Result = ({ already: false } & Written) | { already: true; state: LeaseState }
}

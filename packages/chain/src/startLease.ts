import { leasesAbi } from '@hotaru/contracts'
import type { LeaseState } from '@hotaru/protocol'
import { encodeFunctionData } from 'viem'
import type { Ledger } from './createLedger.ts'
import { readLease } from './readLease.ts'
import { isRefusal, type Written, writeCall } from './sendCall.ts'

/**
 * Says that the workload runs with its device: billing begins. For the machine's key or owner.
 *
 * Safe to repeat: a lease that runs already is `already`. @throws RefusedError when it is too late or over.
 */
export async function startLease(ledger: Ledger, { leaseId }: { leaseId: bigint }): Promise<startLease.Result> {
  const data = encodeFunctionData({ abi: leasesAbi, functionName: 'start', args: [leaseId] })
  try {
    const written = await writeCall(
      ledger,
      { to: ledger.deployment.addresses.leases, data },
      `start lease "${leaseId}"`,
    )
    return { already: false, ...written }
  } catch (error) {
    if (!isRefusal(error, 'Leases_WrongState')) throw error
    const { state } = await readLease(ledger, { leaseId })
    if (!['running'].includes(state)) throw error
    return { already: true, state }
  }
}

export declare namespace startLease {
  type Result = ({ already: false } & Written) | { already: true; state: LeaseState }
}

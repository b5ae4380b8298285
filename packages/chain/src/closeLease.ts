import { leasesAbi } from '@hotaru/contracts'
import type { LeaseState } from '@hotaru/protocol'
import { encodeFunctionData } from 'viem'
import type { Ledger } from './createLedger.ts'
import { readLease } from './readLease.ts'
import { isRefusal, type Written, writeCall } from './sendCall.ts'

/**
 * Ends a lease now and pays everything out, the unused seconds to the renter. For the renter at any time; for anyone
 * when the machine missed the start window.
 *
 * Safe to repeat: a closed lease is `already`.
 */
export async function closeLease(ledger: Ledger, { leaseId }: { leaseId: bigint }): Promise<closeLease.Result> {
  const data = encodeFunctionData({ abi: leasesAbi, functionName: 'close', args: [leaseId] })
  try {
    const written = await writeCall(
      ledger,
      { to: ledger.deployment.addresses.leases, data },
      `close lease "${leaseId}"`,
    )
    return { already: false, ...written }
  } catch (error) {
    if (!isRefusal(error, 'Leases_WrongState')) throw error
    const { state } = await readLease(ledger, { leaseId })
    if (!['closed'].includes(state)) throw error
    return { already: true, state }
  }
}

export declare namespace closeLease {
  type Result = ({ already: false } & Written) | { already: true; state: LeaseState }
}

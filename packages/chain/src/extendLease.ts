import { leasesAbi } from '@hotaru/contracts'
import { encodeFunctionData } from 'viem'
import { approveTokens } from './approveTokens.ts'
import { balanceOf } from './balanceOf.ts'
import type { Ledger } from './createLedger.ts'
import { BalanceTooSmallError } from './openLease.ts'
import { readLease } from './readLease.ts'
import { accountOf, type Written, writeCall } from './sendCall.ts'

/**
 * Buys more seconds of a running lease at its own rate. For the renter.
 *
 * @throws BalanceTooSmallError, RefusedError when the lease is over or the offer does not allow so long a one.
 */
export async function extendLease(
  ledger: Ledger,
  { leaseId, seconds }: { leaseId: bigint; seconds: number },
): Promise<Written> {
  const action = `extend lease "${leaseId}"`
  const { address } = accountOf(ledger, action)
  const [{ rate }, balance] = await Promise.all([
    readLease(ledger, { leaseId }),
    balanceOf(ledger, { account: address }),
  ])
  const needed = rate * BigInt(seconds)
  if (balance < needed) throw new BalanceTooSmallError({ account: address, balance, needed })
  const { leases } = ledger.deployment.addresses
  return ledger.permitLine.run(async () => {
    await approveTokens(ledger, { spender: leases, value: needed })
    const data = encodeFunctionData({ abi: leasesAbi, functionName: 'extend', args: [leaseId, seconds] })
    return writeCall(ledger, { to: leases, data }, action)
  })
}

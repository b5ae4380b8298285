import { leasesAbi } from '@hotaru/contracts'
import { encodeFunctionData } from 'viem'
import type { Ledger } from './createLedger.ts'
import { type Written, writeCall } from './sendCall.ts'

/** Pays a purse of rents or fees out to its account. Anyone may. */
export function withdrawPurse(ledger: Ledger, parameters: { purse: bigint }): Promise<Written> {
  const { purse } = parameters
  const data = encodeFunctionData({ abi: leasesAbi, functionName: 'withdraw', args: [purse] })
  return writeCall(ledger, { to: ledger.deployment.addresses.leases, data }, `pay out purse "${purse}"`)
}

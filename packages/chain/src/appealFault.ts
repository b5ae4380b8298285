import { faultsAbi } from '@hotaru/contracts'
import { encodeFunctionData } from 'viem'
import type { Ledger } from './createLedger.ts'
import { type Written, writeCall } from './sendCall.ts'

/** Asks for a larger committee. For the reporter of an innocent machine, or the owner of a guilty one. */
export function appealFault(ledger: Ledger, parameters: { faultId: bigint }): Promise<Written> {
  const { faultId } = parameters
  const data = encodeFunctionData({ abi: faultsAbi, functionName: 'appeal', args: [faultId] })
  return writeCall(ledger, { to: ledger.deployment.addresses.faults, data }, `appeal fault "${faultId}"`)
}

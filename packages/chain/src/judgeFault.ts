import { faultsAbi } from '@hotaru/contracts'
import { encodeFunctionData } from 'viem'
import type { Ledger } from './createLedger.ts'
import { type Written, writeCall } from './sendCall.ts'

/** Counts the votes of a fault whose committee is over. Anyone may. */
export function judgeFault(ledger: Ledger, parameters: { faultId: bigint }): Promise<Written> {
  const { faultId } = parameters
  const data = encodeFunctionData({ abi: faultsAbi, functionName: 'judge', args: [faultId] })
  return writeCall(ledger, { to: ledger.deployment.addresses.faults, data }, `judge fault "${faultId}"`)
}

import { faultsAbi } from '@hotaru/contracts'
import { encodeFunctionData } from 'viem'
import type { Ledger } from './createLedger.ts'
import { type Written, writeCall } from './sendCall.ts'

/** Carries out a verdict that can no longer be appealed: penalty, refund, bonds. Anyone may. */
export function executeFault(ledger: Ledger, parameters: { faultId: bigint }): Promise<Written> {
  const { faultId } = parameters
  const data = encodeFunctionData({ abi: faultsAbi, functionName: 'execute', args: [faultId] })
  return writeCall(ledger, { to: ledger.deployment.addresses.faults, data }, `execute fault "${faultId}"`)
}

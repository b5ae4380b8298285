import { faultsAbi } from '@hotaru/contracts'
import { encodeFunctionData } from 'viem'
import type { Ledger } from './createLedger.ts'
import { type Written, writeCall } from './sendCall.ts'

/** Says that a machine is back: the penalty of its fault stops growing. For its owner or key. */
export function recoverMachine(ledger: Ledger, parameters: { faultId: bigint }): Promise<Written> {
  const { faultId } = parameters
  const data = encodeFunctionData({ abi: faultsAbi, functionName: 'recover', args: [faultId] })
  return writeCall(ledger, { to: ledger.deployment.addresses.faults, data }, `recover from fault "${faultId}"`)
}

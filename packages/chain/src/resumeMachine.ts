import { machinesAbi } from '@hotaru/contracts'
import { encodeFunctionData } from 'viem'
import type { Ledger } from './createLedger.ts'
import { type Written, writeCall } from './sendCall.ts'

/** Takes leases again after a pause. For the owner or the key. */
export function resumeMachine(ledger: Ledger, { machineId }: { machineId: bigint }): Promise<Written> {
  const data = encodeFunctionData({ abi: machinesAbi, functionName: 'resume', args: [machineId] })
  return writeCall(ledger, { to: ledger.deployment.addresses.machines, data }, `resume machine "${machineId}"`)
}

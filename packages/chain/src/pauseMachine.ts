import { machinesAbi } from '@hotaru/contracts'
import { encodeFunctionData } from 'viem'
import type { Ledger } from './createLedger.ts'
import { type Written, writeCall } from './sendCall.ts'

/** Takes no new leases from now on; those that run go on. For the owner or the key. */
export function pauseMachine(ledger: Ledger, { machineId }: { machineId: bigint }): Promise<Written> {
  const data = encodeFunctionData({ abi: machinesAbi, functionName: 'pause', args: [machineId] })
  return writeCall(ledger, { to: ledger.deployment.addresses.machines, data }, `pause machine "${machineId}"`)
}

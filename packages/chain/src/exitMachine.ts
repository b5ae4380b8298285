import { machinesAbi } from '@hotaru/contracts'
import { encodeFunctionData } from 'viem'
import type { Ledger } from './createLedger.ts'
import { type Written, writeCall } from './sendCall.ts'

/** Takes the machine off the network for good and starts unbonding its stake. For the owner, when all slots are free. */
export function exitMachine(ledger: Ledger, { machineId }: { machineId: bigint }): Promise<Written> {
  const data = encodeFunctionData({ abi: machinesAbi, functionName: 'exit', args: [machineId] })
  return writeCall(ledger, { to: ledger.deployment.addresses.machines, data }, `exit machine "${machineId}"`)
}

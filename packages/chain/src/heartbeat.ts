import { machinesAbi } from '@hotaru/contracts'
import { encodeFunctionData } from 'viem'
import type { Ledger } from './createLedger.ts'
import { type Written, writeCall } from './sendCall.ts'

/** Says that the machine is alive; its offer closes an hour after the last one. Only for its key. */
export function heartbeat(ledger: Ledger, { machineId }: { machineId: bigint }): Promise<Written> {
  const data = encodeFunctionData({ abi: machinesAbi, functionName: 'heartbeat', args: [machineId] })
  return writeCall(
    ledger,
    { to: ledger.deployment.addresses.machines, data },
    `send the heartbeat of machine "${machineId}"`,
  )
}

import { machinesAbi } from '@hotaru/contracts'
import type { Ledger } from './createLedger.ts'
import { readCall } from './readCall.ts'

/** Token units that answer for a machine, what unbonds after its exit included. */
export function readMachineStake(ledger: Ledger, { machineId }: { machineId: bigint }): Promise<bigint> {
  return readCall(ledger, `read the stake of machine "${machineId}"`, (client, { machines }) =>
    client.readContract({ abi: machinesAbi, address: machines, functionName: 'stakeOf', args: [machineId] }),
  )
}

import { machinesAbi } from '@hotaru/contracts'
import type { Ledger } from './createLedger.ts'
import { readCall } from './readCall.ts'

/** How many machines were ever registered, exited ones included: their numbers are 1 to that. */
export function countMachines(ledger: Ledger): Promise<bigint> {
  return readCall(ledger, 'count the machines', (client, { machines }) =>
    client.readContract({ abi: machinesAbi, address: machines, functionName: 'count' }),
  )
}

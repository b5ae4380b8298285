import { faultsAbi } from '@hotaru/contracts'
import type { Ledger } from './createLedger.ts'
import { readCall } from './readCall.ts'
import { type Fault, readFault } from './readFault.ts'
import { walkBack } from './walkBack.ts'

/** Lists reported faults, newest first, optionally those of one machine. */
export async function listFaults(ledger: Ledger, options: listFaults.Options = {}): Promise<Fault[]> {
  const { machineId, limit = 100 } = options
  const count = await readCall(ledger, 'count the faults', (client, { faults }) =>
    client.readContract({ abi: faultsAbi, address: faults, functionName: 'count' }),
  )
  const fits = (fault: Fault) => machineId === undefined || fault.machineId === machineId
  return walkBack(count, (faultId) => readFault(ledger, { faultId }), { fits, limit })
}

export declare namespace listFaults {
  type Options = {
    machineId?: bigint | undefined
    /** @default 100 */
    limit?: number | undefined
  }
}

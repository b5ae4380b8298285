import { leasesAbi } from '@hotaru/contracts'
import type { Ledger } from './createLedger.ts'
import { readCall } from './readCall.ts'

/** The slots of a machine that a lease or a quote holds now, slot i as bit i. */
export function readBusySlots(ledger: Ledger, { machineId }: { machineId: bigint }): Promise<bigint> {
  return readCall(ledger, `read the busy slots of machine "${machineId}"`, (client, { leases }) =>
    client.readContract({ abi: leasesAbi, address: leases, functionName: 'busySlots', args: [machineId] }),
  )
}

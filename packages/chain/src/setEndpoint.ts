import { machinesAbi } from '@hotaru/contracts'
import { encodeFunctionData } from 'viem'
import type { Ledger } from './createLedger.ts'
import { type Written, writeCall } from './sendCall.ts'

/** Says where the agent listens now, as a multiaddr. For the owner or the key. */
export function setEndpoint(
  ledger: Ledger,
  { machineId, endpoint }: { machineId: bigint; endpoint: string },
): Promise<Written> {
  const data = encodeFunctionData({ abi: machinesAbi, functionName: 'setEndpoint', args: [machineId, endpoint] })
  return writeCall(
    ledger,
    { to: ledger.deployment.addresses.machines, data },
    `set the endpoint of machine "${machineId}"`,
  )
}

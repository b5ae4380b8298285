import { programsAbi } from '@hotaru/contracts'
import { encodeFunctionData } from 'viem'
import type { Ledger } from './createLedger.ts'
import { type Written, writeCall } from './sendCall.ts'

/** Takes a machine out of a reward programme from the next epoch on. For its owner or key. */
export function leaveProgram(ledger: Ledger, parameters: { programId: bigint; machineId: bigint }): Promise<Written> {
  const { programId, machineId } = parameters
  const data = encodeFunctionData({ abi: programsAbi, functionName: 'leave', args: [programId, machineId] })
  return writeCall(
    ledger,
    { to: ledger.deployment.addresses.programs, data },
    `take machine "${machineId}" out of programme "${programId}"`,
  )
}

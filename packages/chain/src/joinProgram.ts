import { programsAbi } from '@hotaru/contracts'
import { encodeFunctionData } from 'viem'
import type { Ledger } from './createLedger.ts'
import { type Written, writeCall } from './sendCall.ts'

/** Enters a machine into a reward programme. For its owner or key. */
export function joinProgram(ledger: Ledger, parameters: { programId: bigint; machineId: bigint }): Promise<Written> {
  const { programId, machineId } = parameters
  const data = encodeFunctionData({ abi: programsAbi, functionName: 'join', args: [programId, machineId] })
  return writeCall(
    ledger,
    { to: ledger.deployment.addresses.programs, data },
    `enter machine "${machineId}" into programme "${programId}"`,
  )
}

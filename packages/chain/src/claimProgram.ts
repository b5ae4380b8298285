import { programsAbi } from '@hotaru/contracts'
import { encodeFunctionData } from 'viem'
import type { Ledger } from './createLedger.ts'
import { type Written, writeCall } from './sendCall.ts'

/** Pays a machine's owner what it has earned in a programme; of one that pays for work, in the epochs named. Anyone may. */
export function claimProgram(
  ledger: Ledger,
  parameters: { programId: bigint; machineId: bigint; workEpochs: bigint[] },
): Promise<Written> {
  const { programId, machineId, workEpochs } = parameters
  const data = encodeFunctionData({ abi: programsAbi, functionName: 'claim', args: [programId, machineId, workEpochs] })
  return writeCall(
    ledger,
    { to: ledger.deployment.addresses.programs, data },
    `claim from programme "${programId}" for machine "${machineId}"`,
  )
}

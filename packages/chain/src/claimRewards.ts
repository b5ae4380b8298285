import { rewardsAbi } from '@hotaru/contracts'
import { encodeFunctionData } from 'viem'
import type { Ledger } from './createLedger.ts'
import { type Written, writeCall } from './sendCall.ts'

/** Pays a machine's owner what it has earned, for work in the epochs named. Anyone may. */
export function claimRewards(
  ledger: Ledger,
  parameters: { machineId: bigint; workEpochs: bigint[] },
): Promise<Written> {
  const { machineId, workEpochs } = parameters
  const data = encodeFunctionData({ abi: rewardsAbi, functionName: 'claim', args: [machineId, workEpochs] })
  return writeCall(
    ledger,
    { to: ledger.deployment.addresses.rewards, data },
    `claim the rewards of machine "${machineId}"`,
  )
}

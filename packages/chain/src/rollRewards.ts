import { rewardsAbi } from '@hotaru/contracts'
import { encodeFunctionData } from 'viem'
import type { Ledger } from './createLedger.ts'
import { type Written, writeCall } from './sendCall.ts'

/** Closes up to `epochs` epochs of the network's own rewards that are over. Anyone may. */
export function rollRewards(ledger: Ledger, parameters: { epochs: bigint }): Promise<Written> {
  const { epochs } = parameters
  const data = encodeFunctionData({ abi: rewardsAbi, functionName: 'roll', args: [epochs] })
  return writeCall(ledger, { to: ledger.deployment.addresses.rewards, data }, `roll the rewards`)
}

import { rewardsAbi } from '@hotaru/contracts'
import type { Ledger } from './createLedger.ts'
import { readCall } from './readCall.ts'

/** How a machine stands with the network's own rewards. Amounts in token units, as of its last credit. */
export type Rewards = {
  points: number
  /** The first epoch whose availability is not credited, and the one from which the points no longer count. */
  fromEpoch: number
  untilEpoch: number
  unvested: bigint
  claimable: bigint
  currentEpoch: bigint
  /** The first epoch that nobody has rolled yet. */
  nextEpoch: bigint
}

/** Reads the rewards of a machine. */
export function readRewards(ledger: Ledger, { machineId }: { machineId: bigint }): Promise<Rewards> {
  return readCall(ledger, `read the rewards of machine "${machineId}"`, async (client, { rewards }) => {
    const at = { abi: rewardsAbi, address: rewards } as const
    const [account, currentEpoch, nextEpoch] = await Promise.all([
      client.readContract({ ...at, functionName: 'accountOf', args: [machineId] }),
      client.readContract({ ...at, functionName: 'currentEpoch' }),
      client.readContract({ ...at, functionName: 'nextEpoch' }),
    ])
    const { points, fromEpoch, untilEpoch, unvested, claimable } = account
    return { points, fromEpoch, untilEpoch, unvested, claimable, currentEpoch, nextEpoch }
  })
}

import { programsAbi, rewardsAbi } from '@hotaru/contracts'
import { claimProgram } from './claimProgram.ts'
import { claimRewards } from './claimRewards.ts'
import type { Ledger } from './createLedger.ts'
import { type Claims, quoteClaims } from './quoteClaims.ts'
import { readCall } from './readCall.ts'
import { rollProgram } from './rollProgram.ts'
import { rollRewards } from './rollRewards.ts'

/**
 * Closes the epochs that are over and pays a machine's owner what the network and its programmes owe him. Anyone may.
 * Safe to repeat: what was paid is not paid again. One programme after the other, so that one that fails holds up no other.
 *
 * @returns What was paid.
 */
export async function claimAll(ledger: Ledger, { machineId }: { machineId: bigint }): Promise<Claims> {
  const { current, behind, programs } = await readBacklog(ledger, machineId)
  await roll(behind, (epochs) => rollRewards(ledger, { epochs }))
  for (const { programId, next, until } of programs)
    await roll(min(current, until) - next, (epochs) => rollProgram(ledger, { programId, epochs }))
  const claims = await quoteClaims(ledger, { machineId })
  if (claims.rewards.amount > 0n) await claimRewards(ledger, { machineId, workEpochs: claims.rewards.workEpochs })
  for (const { programId, amount, workEpochs } of claims.programs)
    if (amount > 0n) await claimProgram(ledger, { programId, machineId, workEpochs })
  return claims
}

function readBacklog(ledger: Ledger, machineId: bigint) {
  return readCall(ledger, 'see which epochs are to be closed', async (client, addresses) => {
    const rewards = { abi: rewardsAbi, address: addresses.rewards } as const
    const at = { abi: programsAbi, address: addresses.programs } as const
    const [current, nextEpoch, ids] = await Promise.all([
      client.readContract({ ...rewards, functionName: 'currentEpoch' }),
      client.readContract({ ...rewards, functionName: 'nextEpoch' }),
      client.readContract({ ...at, functionName: 'programsOf', args: [machineId] }),
    ])
    const programs = ids.map(async (programId) => {
      const [next, { untilEpoch }] = await Promise.all([
        client.readContract({ ...at, functionName: 'nextEpochOf', args: [programId] }),
        client.readContract({ ...at, functionName: 'program', args: [programId] }),
      ])
      return { programId, next, until: BigInt(untilEpoch) }
    })
    return { current, behind: current - nextEpoch, programs: await Promise.all(programs) }
  })
}

async function roll(behind: bigint, close: (epochs: bigint) => Promise<unknown>): Promise<void> {
  for (let left = behind; left > 0n; left -= epochsAtOnce) await close(min(left, epochsAtOnce))
}

const min = (a: bigint, b: bigint) => (a < b ? a : b)
/** Some 60,000 gas each: well inside a block. */
const epochsAtOnce = 100n

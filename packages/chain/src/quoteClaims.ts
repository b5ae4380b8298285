import { programsAbi, rewardsAbi } from '@hotaru/contracts'
import type { Ledger } from './createLedger.ts'
import { type EpochBurn, readBurns } from './readBurns.ts'
import { readCall } from './readCall.ts'

/** What a machine's owner would be paid now: by the network in token units, by each programme in units of its token. */
export type Claims = {
  rewards: Claim
  programs: (Claim & { programId: bigint; fromEpoch: number; points: number })[]
  /** What the machine burnt lately. */
  burns: EpochBurn[]
}

/** `workEpochs` are those that are named in the claim. */
export type Claim = { amount: bigint; workEpochs: bigint[] }

/** Tries the claims of a machine out, sending nothing. What was claimed before pays nothing. */
export async function quoteClaims(ledger: Ledger, { machineId }: { machineId: bigint }): Promise<Claims> {
  const burns = await readBurns(ledger, { machineId })
  return readCall(ledger, `see what machine "${machineId}" could claim`, async (client, addresses) => {
    const [rewards, programs] = [
      { abi: rewardsAbi, address: addresses.rewards },
      { abi: programsAbi, address: addresses.programs },
    ] as const
    const [current, nextEpoch, ids] = await Promise.all([
      client.readContract({ ...rewards, functionName: 'currentEpoch' }),
      client.readContract({ ...rewards, functionName: 'nextEpoch' }),
      client.readContract({ ...programs, functionName: 'programsOf', args: [machineId] }),
    ])
    const worked = burns.map(({ epoch }) => BigInt(epoch)).filter((epoch) => epoch < current)
    const workEpochs = worked.filter((epoch) => epoch < nextEpoch + rolledByTheWay)
    const [own, others] = await Promise.all([
      client.simulateContract({ ...rewards, functionName: 'claim', args: [machineId, workEpochs] }),
      Promise.all(ids.map((programId) => quoteProgram(ledger, { programId, machineId, worked }))),
    ])
    return { rewards: { amount: own.result, workEpochs }, programs: others, burns }
  })
}

/** A programme whose token fails pays nothing, and is no reason not to show the others. */
async function quoteProgram(
  { client, deployment }: Ledger,
  { programId, machineId, worked }: { programId: bigint; machineId: bigint; worked: bigint[] },
) {
  const at = { abi: programsAbi, address: deployment.addresses.programs } as const
  const [{ untilEpoch }, nextEpoch, { from, points }] = await Promise.all([
    client.readContract({ ...at, functionName: 'program', args: [programId] }),
    client.readContract({ ...at, functionName: 'nextEpochOf', args: [programId] }),
    client.readContract({ ...at, functionName: 'memberOf', args: [programId, machineId] }),
  ])
  const workEpochs = worked.filter((epoch) => epoch >= from && epoch < untilEpoch && epoch < nextEpoch + rolledByTheWay)
  const args = [programId, machineId, workEpochs] as const
  const claim = await client.simulateContract({ ...at, functionName: 'claim', args }).catch(() => ({ result: 0n }))
  return { programId, amount: claim.result, workEpochs, fromEpoch: from, points }
}

/** Epochs that a claim closes by itself (`Epochs.ROLLED_BY_THE_WAY`); work of later ones has to wait for `roll`. */
const rolledByTheWay = 64n

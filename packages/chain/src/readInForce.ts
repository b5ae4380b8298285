import {
  burnTableAbi,
  hotaruGovernorAbi,
  leasesAbi,
  machinesAbi,
  rewardsAbi,
  stakesAbi,
  timelockControllerAbi,
  tokenAbi,
} from '@hotaru/contracts'
import type { Ledger } from './createLedger.ts'
import { readCall } from './readCall.ts'
import { readClassTable } from './readClassTable.ts'
import { readLatestPrice, readReporters } from './readPrice.ts'

/** Reads what holds on the whole ledger now: governed parameters, money, time. Amounts in token units, times in unix seconds. */
export async function readInForce(ledger: Ledger) {
  const [price, reporters, classes, groups] = await Promise.all([
    readLatestPrice(ledger),
    readReporters(ledger),
    readClassTable(ledger),
    readCall(ledger, 'read what is in force', () =>
      Promise.all([readBurning(ledger), readMinting(ledger), readGovernance(ledger)]),
    ),
  ])
  const [burning, minting, governance] = groups
  return { price: { ...price, reporters: reporters.length }, classes, ...burning, ...minting, ...governance }
}
export type InForce = Awaited<ReturnType<typeof readInForce>>

async function readBurning({ client, deployment: { addresses } }: Ledger) {
  const leases = { abi: leasesAbi, address: addresses.leases } as const
  const [steps, verifiedSlots, burnBps, totalBurnt, pendingBurn, leasesPausedUntil] = await Promise.all([
    client.readContract({ abi: burnTableAbi, address: addresses.burnTable, functionName: 'steps' }),
    client.readContract({ abi: machinesAbi, address: addresses.machines, functionName: 'verifiedSlots' }),
    client.readContract({ ...leases, functionName: 'burnBps' }),
    client.readContract({ ...leases, functionName: 'totalBurnt' }),
    client.readContract({ ...leases, functionName: 'pendingBurn' }),
    client.readContract({ ...leases, functionName: 'pausedUntil' }),
  ])
  return {
    burn: {
      steps,
      verifiedSlots: Number(verifiedSlots),
      bps: Number(burnBps),
      total: totalBurnt,
      pending: pendingBurn,
    },
    leasesPausedUntil: Number(leasesPausedUntil),
  }
}

async function readMinting({ client, deployment: { addresses, parameters } }: Ledger) {
  const rewards = { abi: rewardsAbi, address: addresses.rewards } as const
  const stakes = { abi: stakesAbi, address: addresses.stakes } as const
  const epoch = await client.readContract({ ...rewards, functionName: 'currentEpoch' })
  const [nextEpoch, kappaBps, emission, minted, pausedUntil, supply, staked, slashed] = await Promise.all([
    client.readContract({ ...rewards, functionName: 'nextEpoch' }),
    client.readContract({ ...rewards, functionName: 'kappaOf', args: [epoch] }),
    client.readContract({ ...rewards, functionName: 'emissionOf', args: [epoch] }),
    client.readContract({ ...rewards, functionName: 'minted' }),
    client.readContract({ ...rewards, functionName: 'pausedUntil' }),
    client.readContract({ abi: tokenAbi, address: addresses.token, functionName: 'totalSupply' }),
    client.readContract({ ...stakes, functionName: 'total' }),
    client.readContract({ ...stakes, functionName: 'pending' }),
  ])
  return {
    /** `nextToRoll` is the first epoch that nobody has closed; `emission` is the most that the present one may mint. */
    epoch: { number: Number(epoch), seconds: parameters.epochSeconds, nextToRoll: Number(nextEpoch), emission },
    kappaBps: Number(kappaBps),
    /** `slashed` waits to be burnt and given to the treasury. */
    tokens: { supply, minted, staked, slashed },
    mintsPausedUntil: Number(pausedUntil),
  }
}

async function readGovernance({ client, deployment: { addresses } }: Ledger) {
  const governor = { abi: hotaruGovernorAbi, address: addresses.governor } as const
  const timelock = { abi: timelockControllerAbi, address: addresses.timelock } as const
  const [delay, period, threshold, lateQuorum, quorumPercent, timelockSeconds] = await Promise.all([
    client.readContract({ ...governor, functionName: 'votingDelay' }),
    client.readContract({ ...governor, functionName: 'votingPeriod' }),
    client.readContract({ ...governor, functionName: 'proposalThreshold' }),
    client.readContract({ ...governor, functionName: 'lateQuorumVoteExtension' }),
    client.readContract({ ...governor, functionName: 'quorumNumerator', args: [] }),
    client.readContract({ ...timelock, functionName: 'getMinDelay' }),
  ])
  return {
    voting: {
      ...{
        delaySeconds: Number(delay),
        periodSeconds: Number(period),
        threshold,
        quorumPercent: Number(quorumPercent),
      },
      ...{ lateQuorumSeconds: lateQuorum, timelockSeconds: Number(timelockSeconds) },
    },
  }
}

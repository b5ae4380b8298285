import {
  approveTokens,
  createProgram,
  delegateVotes,
  depositStake,
  executeFault,
  joinProgram,
  judgeFault,
  proposeChange,
  proveWrongEntry,
  readAudit,
  readFault,
  readInForce,
  readTime,
  registerMachine,
  reportFault,
} from '@hotaru/chain'
import type { TestLedger } from '@hotaru/chain/testing'
import { roundPath } from '@hotaru/proof'
import { forgeTranscript } from '@hotaru/proof/testing'
import { encodeJudgement, encodeVerdict, type Hardware, noVerdict } from '@hotaru/protocol'
import type { Hex } from 'viem'

/** One of each thing that a ledger records. */
export type StagedRecords = {
  programId: bigint
  proposalId: bigint
  /** Reported of `machineId`, judged, carried out. */
  faultId: bigint
  /** Of a second machine; its transcript was proved wrong by account 9. */
  forgedAuditId: bigint
  /** Passed by a third machine, a card as it is claimed to be; of three verifiers one could not look. */
  passedAuditId: bigint
}

const oneToken = 10n ** 18n

/** Has everything happen once on the ledger of a chain world: programme, proposal, fault, forgery, a card. */
export async function stageRecords(chain: TestLedger, { machineId }: { machineId: bigint }): Promise<StagedRecords> {
  await chain.fund([9, 10])
  const programId = await stageProgram(chain, machineId)
  const forgedAuditId = await stageForgery(chain)
  const faultId = await stageFault(chain, machineId)
  // Last, so that it shares no rewards of before.
  const passedAuditId = await stageCard(chain)
  const holder = chain.as(1)
  await delegateVotes(holder, { to: chain.account(1).address })
  await chain.travel(1)
  const { proposalId } = await proposeChange(holder, {
    change: { kind: 'burnTable', steps: [{ fromSlots: 0, bps: 750 }] },
    description: 'Burn more of the rent',
  })
  // The voting delay, so that votes can be cast.
  await chain.travel(3)
  return { programId, proposalId, faultId, forgedAuditId, passedAuditId }
}

async function stageProgram({ as, deployment }: TestLedger, machineId: bigint): Promise<bigint> {
  const sponsor = as(1)
  const { token, programs } = deployment.addresses
  await approveTokens(sponsor, { spender: programs, value: 1000n * oneToken })
  const fromEpoch = (await readInForce(sponsor)).epoch.number + 1
  const { programId } = await createProgram(sponsor, {
    ...{ name: 'Being there', token, fact: 'availability', fromEpoch, untilEpoch: fromEpoch + 100 },
    perEpoch: 10n * oneToken,
  })
  await joinProgram(as(6), { programId, machineId })
  return programId
}

async function stageForgery(chain: TestLedger): Promise<bigint> {
  const { as, account, deployment } = chain
  const owner = as(10)
  await depositStake(owner, { amount: 100n * oneToken })
  const { machineId } = await registerMachine(owner, {
    ...{ key: account(12), slots: 1, endpoint: '/ip4/127.0.0.1/tcp/9', claim: '{}' },
    offer: { usdPerSlotHour: 90_000n, minSeconds: 60, maxSeconds: 86_400, tier: 'process' },
  })
  const pick = { slot: 0, round: 0, row: 1, column: 2 }
  const forge = async (auditId: bigint) => {
    const { n, rounds, seed = '0x' } = await readAudit(owner, { auditId })
    const challenge = { n, rounds, slots: 1, seed, chainId: BigInt(deployment.chainId), machineId, auditId }
    return forgeTranscript(challenge, [pick])
  }
  const measured = { kind: 'cpu', computeBand: 57, memoryBand: 68, slots: 1 } as const
  const makeTranscript = async (auditId: bigint) => (await forge(auditId)).transcript
  const auditId = await chain.passAudit(owner, machineId, measured, { makeTranscript })
  const forgery = await forge(auditId)
  const [opening] = await forgery.open([pick])
  const [round] = forgery.rounds
  if (!opening || !round) throw new Error('Cannot open the forged entry: it is not there, expected it')
  const { row, column } = pick
  await proveWrongEntry(as(9), { auditId, round, roundPath: roundPath(forgery.rounds, 0), row, column, ...opening })
  return auditId
}

async function stageCard(chain: TestLedger): Promise<bigint> {
  const owner = chain.as(10)
  await depositStake(owner, { amount: 100n * oneToken })
  const { machineId } = await registerMachine(owner, {
    ...{ key: chain.account(13), slots: 1, endpoint: '/ip4/127.0.0.1/tcp/9', claim: JSON.stringify(claimed) },
    offer: { usdPerSlotHour: 250_000n, minSeconds: 60, maxSeconds: 86_400, tier: 'container' },
  })
  const measured = { kind: 'gpu', computeBand: 90, memoryBand: 65, slots: 1 } as const
  const seen = (rttBand: number, downBand: number): Hex =>
    encodeVerdict({
      ...{ passed: true, class: measured, network: { rttBand, downBand, upBand: 50 } },
      disk: { writeBand: 57, readBand: 0 },
    })
  return chain.passAudit(owner, machineId, measured, { votes: [seen(10, 51), noVerdict, seen(7, 54)] })
}

const claimed: Hardware = {
  ...{ cpu: { model: 'AMD Ryzen 5 5600X', cores: 12 }, memoryBytes: 2 ** 35, network: { interfaces: [] } },
  disk: { freeBytes: 2 ** 38, totalBytes: 2 ** 39, writeBytesPerSecond: null },
  gpus: [
    {
      ...{ name: 'NVIDIA GeForce RTX 3060', vendor: 'NVIDIA', pciAddress: null, uuid: null, memoryBytes: null },
      ...{ driverVersion: null, seenBy: ['nvidia-smi'] },
    },
  ],
  system: { platform: 'linux', release: '6.8', architecture: 'x64' },
}

async function stageFault({ as, court, travel }: TestLedger, machineId: bigint): Promise<bigint> {
  const reporter = as(9)
  await depositStake(reporter, { amount: 50n * oneToken })
  const since = (await readTime(reporter)) - 600
  const { faultId } = await reportFault(reporter, { machineId, kind: 'unreachable', since })
  const { committeeId } = await readFault(reporter, { faultId })
  await court.seat(committeeId)
  await court.vote(committeeId, encodeJudgement({ guilty: true, since }))
  await judgeFault(reporter, { faultId })
  await travel(48 * 3600)
  await executeFault(reporter, { faultId })
  return faultId
}

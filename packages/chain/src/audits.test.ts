import { auditsAbi, localBeaconAbi } from '@hotaru/contracts'
import { initialClassTable } from '@hotaru/protocol'
import { concat, type Hex, keccak256, size, slice, toHex } from 'viem'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { countMachines } from './countMachines.ts'
import { delegateVotes } from './delegateVotes.ts'
import { depositStake } from './depositStake.ts'
import { findHits } from './findHits.ts'
import { listMachineSites, type MachineSite } from './listMachineSites.ts'
import { listProposals } from './listProposals.ts'
import { castVote, executeChange, type Proposal, proposeChange, queueChange } from './proposals.ts'
import { readAudit } from './readAudit.ts'
import { readAuditSteps } from './readAuditSteps.ts'
import { readClassTable } from './readClassTable.ts'
import { readPairableAt } from './readPairableAt.ts'
import { openTicks, readTickRound } from './readTickRound.ts'
import { readTime } from './readTime.ts'
import { registerMachine } from './registerMachine.ts'
import { requestAuditByChance } from './requestAuditByChance.ts'
import { requestPairAudit } from './requestPairAudit.ts'
import { signBeaconRound } from './signBeaconRound.ts'
import { createTestNetwork, measured, offer, oneToken, type TestNetwork } from './testing/createTestNetwork.ts'

let network: TestNetwork
beforeAll(async () => {
  network = await createTestNetwork()
})
afterAll(() => network.stop())

test('a new ledger weighs by the table that networks start with', async () => {
  expect(await readClassTable(network.owner)).toEqual(initialClassTable)
})

test('the helper knows whom a round hits, and whoever brings that round begins an audit', async () => {
  const { as, account, machineId, travel } = network
  const { hit, miss } = await findTicks(await readTime(as(9)))
  await travel(hit.publishedAt - (await readTime(as(9))))
  await expect(requestAuditByChance(as(9), { machineId, ...miss })).rejects.toMatchObject({
    name: 'Ledger.Audits_NotHit',
  })
  const { auditId } = await requestAuditByChance(as(9), { machineId, ...hit })
  expect(await readAudit(as(9), { auditId })).toMatchObject({ machineId, state: 'requested' })
  expect(await readAuditSteps(as(9), { auditId })).toMatchObject([
    { kind: 'requested', by: 'chance', from: account(9).address, pairedWith: undefined },
  ])
})

test('a verifier has two machines audited side by side, once a day', async () => {
  const { as, account, fund, owner, machineId } = network
  await fund([6])
  await depositStake(owner, { amount: 200n * oneToken })
  const endpoint = '/ip4/127.0.0.1/tcp/4001'
  const machineIds: bigint[] = []
  for (const key of [account(12), account(13)])
    machineIds.push((await registerMachine(owner, { key, slots: 1, offer, endpoint, claim: '{}' })).machineId)
  const pair = [machineIds[0] ?? 0n, machineIds[1] ?? 0n] as const
  const { auditIds } = await requestPairAudit(as(3), { machineIds: pair })
  const [first, second] = await Promise.all(auditIds.map((auditId) => readAudit(as(3), { auditId })))
  expect([first?.machineId, second?.machineId]).toEqual(pair)
  expect(first?.requestedAt).toBe(second?.requestedAt)
  const [auditId, pairedWith] = auditIds
  expect(await readAuditSteps(as(3), { auditId })).toMatchObject([
    { kind: 'requested', at: first?.requestedAt, by: 'pair', from: account(3).address, pairedWith },
  ])
  await expect(requestPairAudit(as(3), { machineIds: [machineId, pair[0]] })).rejects.toMatchObject({
    name: 'Ledger.Audits_PairTooSoon',
    retry: 'later',
  })
  const verifier = account(3).address
  expect(await readPairableAt(as(9), { verifier })).toBe((first?.requestedAt ?? 0) + 24 * 3600)
  await expect(requestPairAudit(as(9), { machineIds: pair })).rejects.toMatchObject({
    name: 'Ledger.Audits_NotVerifier',
  })
})

test('machines are counted, and listed with what shows that two look alike', async () => {
  const { as, owner, machineId } = network
  const sites: MachineSite[] = []
  for await (const site of listMachineSites(as(9))) sites.push(site)
  expect(BigInt(sites.length)).toBe(await countMachines(as(9)))
  expect(sites.find(({ id }) => id === machineId)).toEqual({
    ...{ id: machineId, owner: owner.wallet?.account.address, endpoint: '/ip4/127.0.0.1/tcp/4001' },
    ...{ state: 'online', class: measured },
  })
  expect(sites.find(({ id }) => id !== machineId)).toMatchObject({ class: undefined })
})

test('ticks of the last hour are open, each from its first second on', async () => {
  expect(openTicks(7200)).toEqual([6, 7, 8, 9, 10, 11, 12])
  expect(openTicks(7199)).toEqual([6, 7, 8, 9, 10, 11])
  expect(openTicks(7201)).toEqual([7, 8, 9, 10, 11, 12])
  const tick = 3_000_000
  expect(await readTickRound(network.as(9), { tick })).toEqual({
    ...{ round: BigInt(tick * 600 - 1_700_000_000 + 1), publishedAt: tick * 600 },
  })
})

test('a vote changes the class table, and the proposal is found again with its rows', async () => {
  const { as, account, travel } = network
  const holder = as(1)
  const rows = initialClassTable.slice(0, 2).map((row) => ({ ...row, calibrated: true }))
  const proposal: Proposal = { change: { kind: 'classTable', rows }, description: 'Calibrated' }
  await delegateVotes(holder, { to: account(1).address })
  await travel(1)
  const { proposalId } = await proposeChange(holder, proposal)
  await travel(3)
  await castVote(holder, { proposalId, support: 'for' })
  await travel(30)
  await queueChange(holder, proposal)
  await travel(11)
  await executeChange(holder, proposal)
  expect(await readClassTable(holder)).toEqual(rows)
  expect(await listProposals(as(9), { proposalId })).toMatchObject([{ change: proposal.change }])
})

type Tick = { round: bigint; beaconProof: Hex; publishedAt: number }

/** The next tick that hits the machine, and the last before it: who signs a local beacon knows them all. */
async function findTicks(nowSeconds: number): Promise<{ hit: Tick; miss: Tick }> {
  const { as, account, deployment, machineId } = network
  const { beacon, audits } = deployment.addresses
  const tickSeconds = await as(9).client.readContract({
    ...{ abi: auditsAbi, address: audits, functionName: 'TICK_SECONDS' },
  })
  const genesis = 1_700_000_000
  let miss: Tick | undefined
  for (let tick = Math.ceil(nowSeconds / Number(tickSeconds)) + 1; ; tick += 1) {
    const publishedAt = tick * Number(tickSeconds)
    const round = BigInt(publishedAt - genesis + 1)
    const beaconProof = await signBeaconRound({ account: account(11), chainId: deployment.chainId, beacon, round })
    const found = { round, beaconProof, publishedAt }
    const randomness = keccak256(concat([toHex(round, { size: 8 }), slice(beaconProof, 0, 64)]))
    if (findHits({ randomness, machineIds: [machineId] }).length === 0) miss = found
    else if (miss) {
      const onLedger = await as(9).client.readContract({
        ...{ abi: localBeaconAbi, address: beacon, functionName: 'randomness', args: [round, beaconProof] },
      })
      expect(size(onLedger)).toBe(32)
      expect(onLedger).toBe(randomness)
      return { hit: found, miss }
    }
  }
}

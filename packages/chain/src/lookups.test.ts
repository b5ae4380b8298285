import { afterAll, beforeAll, expect, test } from 'vitest'
import { approveTokens } from './approveTokens.ts'
import { balanceOf } from './balanceOf.ts'
import { claimAll } from './claimAll.ts'
import { closeLease } from './closeLease.ts'
import { createProgram } from './createProgram.ts'
import { delegateVotes } from './delegateVotes.ts'
import { heartbeat } from './heartbeat.ts'
import { joinProgram } from './joinProgram.ts'
import { listAudits } from './listAudits.ts'
import { listFaults } from './listFaults.ts'
import { listProposals } from './listProposals.ts'
import { openLease } from './openLease.ts'
import { castVote, executeChange, type Proposal, proposeChange, queueChange, readProposal } from './proposals.ts'
import { quoteClaims } from './quoteClaims.ts'
import { readAuditSteps } from './readAuditSteps.ts'
import { readBurns } from './readBurns.ts'
import { readCommittee } from './readCommittee.ts'
import { readInForce } from './readInForce.ts'
import { readProgram } from './readProgram.ts'
import { readRegions } from './readRegions.ts'
import { readVotes } from './readVotes.ts'
import { startLease } from './startLease.ts'
import { createTestNetwork, measured, oneToken, type TestNetwork } from './testing/createTestNetwork.ts'

let network: TestNetwork
beforeAll(async () => {
  network = await createTestNetwork()
})
afterAll(() => network.stop())

const digest = `0x${'77'.repeat(32)}` as const

test('audits are listed with the newest first, and a committee says who voted what', async () => {
  const { owner, key, machineId, travel, passAudit } = network
  await travel(3601)
  const second = await passAudit(key, machineId, measured)
  const audits = await listAudits(owner, { machineId })
  expect(audits.map(({ id, state }) => ({ id, state }))).toEqual([
    { id: second, state: 'passed' },
    { id: second - 1n, state: 'passed' },
  ])
  expect(await listAudits(owner, { limit: 1 })).toEqual(audits.slice(0, 1))
  expect(await listAudits(owner, { machineId: 99n })).toEqual([])
  const { members, votes } = await readCommittee(owner, { committeeId: audits[0]?.committeeId ?? 0n })
  expect(votes.map(({ verifier }) => verifier)).toEqual(members)
  expect(await listFaults(owner)).toEqual([])
})

test('the steps of an audit are told in their order, and from where each verifier looked', async () => {
  const { owner, account, deployment, machineId } = network
  const [second, first] = await listAudits(owner, { machineId })
  const steps = await readAuditSteps(owner, { auditId: first?.id ?? 0n })
  expect(steps.map(({ kind }) => kind)).toEqual([
    ...['requested', 'seated', 'posted', 'revealed', 'revealed', 'revealed', 'finished'],
  ])
  expect(steps[0]).toMatchObject({ by: 'owner', from: account(6).address, at: first?.requestedAt })
  expect(steps[2]).toMatchObject({ at: first?.postedAt, transcript: first?.transcript })
  expect(steps[6]).toMatchObject({ at: first?.finishedAt, state: 'passed', class: measured })
  const staff = [3, 4, 5].map((index) => account(index).address)
  expect(steps[1]).toMatchObject({ members: expect.arrayContaining(staff) })
  expect(await readRegions(owner, [...staff, deployment.addresses.audits])).toEqual([1, 0, 1, 0])
  expect((await readAuditSteps(owner, { auditId: second?.id ?? 0n }))[0]).toMatchObject({
    ...{ by: 'agent', from: account(7).address },
  })
  expect(await readAuditSteps(owner, { auditId: 99n })).toEqual([])
})

test('what a machine burnt is claimed from the network and from programmes, once', async () => {
  const { as, owner, key, machineId, renters, travel, deployment } = network
  const { epochSeconds } = deployment.parameters
  const treasury = as(1)
  const inForce = await readInForce(owner)
  await approveTokens(treasury, { spender: deployment.addresses.programs, value: 100n * oneToken })
  const fromEpoch = inForce.epoch.number + 1
  const { programId } = await createProgram(treasury, {
    ...{ name: 'work', token: deployment.addresses.token, fact: 'work', fromEpoch, untilEpoch: fromEpoch + 60 },
    ...{ perEpoch: oneToken, maxPerBurnt: oneToken / 2n },
  })
  await joinProgram(owner, { programId, machineId })
  await travel(epochSeconds)
  await heartbeat(key, { machineId })
  await network.postPrice(50_000n)
  const { leaseId } = await openLease(renters[0], {
    ...{ machineId, slots: 1n, durationSeconds: 600, workloadDigest: digest },
  })
  await startLease(key, { leaseId })
  await travel(600)
  await closeLease(renters[0], { leaseId })
  await travel(epochSeconds)

  const [burn, ...others] = await readBurns(owner, { machineId })
  expect(others).toEqual([])
  const quoted = await quoteClaims(owner, { machineId })
  expect(quoted.burns).toEqual([burn])
  expect(quoted.programs).toMatchObject([{ programId, workEpochs: [BigInt(burn?.epoch ?? 0)] }])
  const before = await balanceOf(owner, { account: network.account(6).address })
  const claimed = await claimAll(treasury, { machineId })
  expect(claimed.rewards.amount).toBeGreaterThan(0n)
  const half = (burn?.burnt ?? 0n) / 2n
  expect(claimed.programs.map(({ amount }) => amount)).toEqual([half])
  expect(await balanceOf(owner, { account: network.account(6).address })).toBe(before + claimed.rewards.amount + half)
  expect((await claimAll(treasury, { machineId })).programs[0]?.amount).toBe(0n)
  expect(await readProgram(owner, { programId })).toMatchObject({ symbol: 'HOTA', decimals: 18 })
})

test('a proposal is found again with what it changes, and what it changed is in force', async () => {
  const { as, account, travel } = network
  const holder = as(1)
  await delegateVotes(holder, { to: account(1).address })
  expect(await readVotes(holder, { account: account(1).address })).toMatchObject({ delegate: account(1).address })
  await travel(1)
  const proposal: Proposal = {
    change: { kind: 'burnTable', steps: [{ fromSlots: 0, bps: 700 }] },
    description: 'Burn more',
  }
  const { proposalId } = await proposeChange(holder, proposal)
  expect(await readProposal(holder, { proposalId })).toMatchObject({ state: 'pending', quorum: undefined })
  await travel(3)
  await castVote(holder, { proposalId, support: 'for' })
  await travel(30)
  await queueChange(holder, proposal)
  await travel(11)
  await executeChange(holder, proposal)
  const kappa = await proposeChange(holder, { change: { kind: 'kappa', bps: 7000 }, description: 'Pay less' })
  const found = await listProposals(as(9))
  expect(found.map(({ id, change }) => ({ id, change }))).toEqual([
    { id: kappa.proposalId, change: { kind: 'kappa', bps: 7000 } },
    { id: proposalId, change: proposal.change },
  ])
  expect(await listProposals(as(9), { proposalId })).toEqual(found.slice(1))
  const { quorum = 0n, votesFor } = await readProposal(holder, { proposalId })
  expect(votesFor).toBeGreaterThan(quorum)
  const { burn, voting } = await readInForce(as(9))
  expect(burn).toMatchObject({ steps: [{ fromSlots: 0, bps: 700 }], bps: 700, verifiedSlots: 2 })
  expect(voting).toMatchObject({ timelockSeconds: 10, quorumPercent: 4 })
})

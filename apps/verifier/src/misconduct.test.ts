import { openLease, readAudit, readCommittee, requestAudit, startLease } from '@hotaru/chain'
import { noVerdict } from '@hotaru/protocol'
import { keccak256, stringToBytes } from 'viem'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type AuditWorld, createAuditWorld, type TestVerifier, testPlan } from './testing/createAuditWorld.ts'
import { type Misconduct, stall } from './testing/createTestMachine.ts'

let world: AuditWorld
beforeAll(async () => {
  world = await createAuditWorld()
})
afterAll(() => world.stop())

const soon = { timeout: 40_000, interval: 20 }
const patienceMs = 20_000

/** What a machine may do to a verifier, and what he says of it. */
const conducts: { misconduct: Misconduct; reason: RegExp }[] = [
  { misconduct: stall, reason: /^Cannot examine the machine: no answer after 20000 ms/ },
  {
    misconduct: async (request, exchange) => request.verb === 'exam' && stall(request, exchange),
    reason: /^Cannot examine the machine: no answer after 20000 ms/,
  },
  {
    async misconduct(_, exchange) {
      exchange.abort(new RangeError('it has no time'))
      return true
    },
    reason: /^Cannot go on with the exchange/,
  },
  {
    async misconduct(request, exchange) {
      if (request.verb !== 'challenge.open') return false
      for (;;) await exchange.sendData(new Uint8Array(2 ** 18))
    },
    reason: /^Cannot understand the machine's answer to "challenge.open": it sends more than \d+ bytes/,
  },
  {
    async misconduct(_, exchange) {
      await exchange.sendReply({ type: 'ok', value: 'nonsense' })
      return true
    },
    reason: /^Cannot understand the machine's answer to "challenge": its answer has another shape/,
  },
]

test('who stalls, hangs up, floods or talks nonsense is asked until the last call, and has failed then', async () => {
  const { as, addMachine, startVerifier, travel } = world
  const staged: { auditId: bigint; reason: RegExp }[] = []
  for (const [index, { misconduct, reason }] of conducts.entries())
    staged.push({ ...(await addMachine(12 + index, { misconduct })), reason })
  const early = [3, 4].map((index) => startVerifier(index, { plan: { ...testPlan, patienceMs } }))
  for (const { auditId, reason } of staged)
    for (const verifier of early)
      await expect.poll(() => troublesOf(verifier, auditId), soon).toContainEqual(expect.stringMatching(reason))

  // With an hour's patience and three minutes left until it must vote, it looks no longer than that.
  await travel(28 * 60)
  const patient = startVerifier(5)
  const cutShort = expect.stringMatching(/no answer after (1\d{5}|[6-9]\d{4}) ms/)
  await expect.poll(() => troublesOf(patient, staged[0]?.auditId ?? 0n), soon).toContainEqual(cutShort)
  await travel(125)
  const verifiers = [...early, patient]
  for (const { auditId } of staged)
    await expect.poll(async () => (await readAudit(as(9), { auditId })).state, soon).toBe('failed')
  for (const { records } of verifiers) {
    const cast = records.filter(({ message }) => message === 'vote cast').map(({ fields }) => fields.why)
    expect(cast).toEqual(conducts.map(() => 'it did not answer'))
  }
  await Promise.all(verifiers.map((verifier) => verifier.stop()))
})

test('a machine at work for a renter keeps what it has; who comes too late to look says so', async () => {
  const { as, addMachine, fund, passAudit, startVerifier, travel } = world
  const owner = as(6)
  const refuse: Misconduct = () => Promise.reject(new RangeError('a lease is running'))
  const { machineId } = await addMachine(7, { misconduct: refuse })
  await passAudit(owner, machineId, { kind: 'cpu', computeBand: 57, memoryBand: 68, slots: 1 })
  await fund([8])
  const workloadDigest = keccak256(stringToBytes('a workload'))
  const { leaseId } = await openLease(as(8), { machineId, slots: 1n, durationSeconds: 7200, workloadDigest })
  await startLease(as(7), { leaseId })
  await travel(3600)
  const { auditId } = await requestAudit(owner, { machineId })
  const { committeeId } = await readAudit(owner, { auditId })
  const early = [3, 4].map((index) => startVerifier(index, { plan: { ...testPlan, patienceMs } }))
  for (const verifier of early) await expect.poll(() => troublesOf(verifier, auditId).length, soon).toBeGreaterThan(0)

  await travel(30 * 60 + 30)
  const late = startVerifier(5)
  await expect.poll(async () => (await readCommittee(owner, { committeeId })).votes.length, soon).toBe(3)
  const { votes } = await readCommittee(owner, { committeeId })
  expect(votes.map(({ vote }) => vote)).toEqual([noVerdict, noVerdict, noVerdict])
  const whyOf = ({ records }: TestVerifier) => records.find(({ message }) => message === 'vote cast')?.fields.why
  expect([...early, late].map(whyOf)).toEqual([
    ...(['it is at work for a renter', 'it is at work for a renter'] as const),
    'there was no time left to look',
  ])
})

/** Why a verifier could not examine a machine, each time. */
function troublesOf({ records }: TestVerifier, auditId: bigint): string[] {
  const troubles = records.filter(({ message, fields }) => /not examined/.test(message) && fields.auditId === auditId)
  return troubles.map(({ fields }) => (fields.error as Error).message)
}

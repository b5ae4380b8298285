import { findForgery, type Ledger, readAudit, readCommittee, readMachine, readMachineStake } from '@hotaru/chain'
import { createLiarBackend } from '@hotaru/proof/testing'
import { toBand } from '@hotaru/protocol'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type AuditWorld, createAuditWorld, type TestVerifier } from './testing/createAuditWorld.ts'

const n = 256
let world: AuditWorld
beforeAll(async () => {
  world = await createAuditWorld({ parameters: { challenge: { n, rounds: 2 } } })
})
afterAll(() => world.stop())

const soon = { timeout: 40_000, interval: 20 }
const stateOf = (ledger: Ledger, auditId: bigint) => async () => (await readAudit(ledger, { auditId })).state
const recordsOf = (verifiers: TestVerifier[], message: string) =>
  verifiers.flatMap(({ records }) => records.filter((record) => record.message === message))

test('an honest machine passes with the class that was measured; who has committed and died opens that very vote', async () => {
  const { as, addMachine, startVerifier } = world
  const { machineId, auditId } = await addMachine(7)
  const first = startVerifier(3)
  await expect.poll(() => recordsOf([first], 'vote cast').length, soon).toBe(1)
  await first.stop()
  const { committeeId } = await readAudit(as(9), { auditId })
  expect(await readCommittee(as(9), { committeeId })).toMatchObject({ phase: 'committing', committed: 1 })

  const others = [3, 4, 5].map((index) => startVerifier(index))
  await expect.poll(stateOf(as(9), auditId), soon).toBe('passed')
  expect(recordsOf(others, 'vote cast')).toHaveLength(2)
  const { votes } = await readCommittee(as(9), { committeeId })
  expect(votes).toHaveLength(3)
  expect(votes).toContainEqual({
    verifier: as(3).wallet?.account.address,
    vote: recordsOf([first], 'vote cast')[0]?.fields.vote,
  })
  const examined = recordsOf([first, ...others], 'machine examined')
  const medianOf = (name: string) =>
    examined.map(({ fields }) => toBand(Number(fields[name]))).sort((one, other) => one - other)[1]
  expect((await readMachine(as(9), { machineId })).class).toEqual({
    ...{ kind: 'cpu', slots: 1 },
    ...{ computeBand: medianOf('multiplyAddsPerSecond'), memoryBand: medianOf('memoryBytes') },
  })
  await Promise.all(others.map((verifier) => verifier.stop()))
})

test('a machine with one wrong entry of 65 536 is convicted by those who hunt, once', async () => {
  const { as, addMachine, startVerifier } = world
  const { machineId, auditId } = await addMachine(8, { backend: createLiarBackend({ n, row: 17, column: 42 }) })
  const stake = await readMachineStake(as(9), { machineId })
  const verifiers = [3, 4, 5].map((index) => startVerifier(index))
  await expect.poll(stateOf(as(9), auditId), soon).toBe('forged')
  const { taken } = (await findForgery(as(9), { auditId })) ?? {}
  expect(taken).toBe(stake / 2n)
  expect((await readMachine(as(9), { machineId })).class).toBeUndefined()
  // Who was slower drops what it has, without an error.
  await expect
    .poll(() => recordsOf(verifiers, 'forgery proved').length + recordsOf(verifiers, 'evidence dropped').length, soon)
    .toBeGreaterThan(0)
  expect(recordsOf(verifiers, 'forgery proved')).toHaveLength(1)
  expect(recordsOf(verifiers, 'transcript hunted through').some(({ fields }) => fields.fault !== undefined)).toBe(true)
  expect(verifiers.flatMap(({ records }) => records.filter(({ level }) => level === 'warn'))).toEqual([])
})

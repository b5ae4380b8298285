import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createLogger, type LogRecord } from '@hotaru/base'
import { type Ledger, readAudit } from '@hotaru/chain'
import { roundPath, type WrongEntry } from '@hotaru/proof'
import { forgeTranscript } from '@hotaru/proof/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type AuditWorld, createAuditWorld } from '../testing/createAuditWorld.ts'
import { convict } from './convict.ts'
import { Evidence } from './Evidence.ts'

let world: AuditWorld
let directory: string
beforeAll(async () => {
  world = await createAuditWorld()
  directory = await mkdtemp(join(tmpdir(), 'hotaru-evidence-'))
})
afterAll(async () => {
  await world.stop()
  await rm(directory, { recursive: true })
})

const measured = { kind: 'cpu', computeBand: 57, memoryBand: 68, slots: 1 } as const
const wrong = { slot: 0, round: 1, row: 1, column: 2 }

test('evidence outlives a death and waits for the verdict; proved once, it is dropped by who was slower', async () => {
  const { as, addMachine, passAudit } = world
  const { machineId, auditId } = await addMachine(7)
  const [one, other] = [createHunter(3), createHunter(4)]
  let posted: string | undefined
  await passAudit(as(6), machineId, measured, {
    async makeTranscript() {
      const { transcript, proof } = await forge(as(6), { machineId, auditId })
      for (const { keep } of [one, other]) await keep(auditId, proof)
      // The verdict is not there yet: a proof would be refused.
      await one.act()
      posted = (await one.find(auditId)) && transcript
      return transcript
    },
  })
  expect(posted).toBe((await readAudit(as(6), { auditId })).transcript)
  await one.act()
  expect((await readAudit(as(6), { auditId })).state).toBe('forged')
  await other.act()
  expect([await one.find(auditId), await other.find(auditId)]).toEqual([undefined, undefined])
  expect([...one.records, ...other.records].map(({ level, message }) => [level, message])).toEqual([
    ['info', 'forgery proved'],
    ['info', 'evidence dropped'],
  ])
})

test("evidence that the ledger does not take is dropped, and is in nobody's way", async () => {
  const { as, addMachine, passAudit } = world
  const [bad, good] = [await addMachine(8), await addMachine(9)]
  const hunter = createHunter(3)
  for (const { machineId, auditId } of [bad, good]) {
    const { transcript, proof } = await forge(as(6), { machineId, auditId })
    await passAudit(as(6), machineId, measured, { makeTranscript: async () => transcript })
    await hunter.keep(auditId, auditId === bad.auditId ? { ...proof, column: 3 } : proof)
  }
  await hunter.act()
  expect((await readAudit(as(6), bad)).state).toBe('passed')
  expect((await readAudit(as(6), good)).state).toBe('forged')
  expect([await hunter.find(bad.auditId), await hunter.find(good.auditId)]).toEqual([undefined, undefined])
})

/** A verifier that reads its evidence from disk each time, as after a restart. */
function createHunter(index: number) {
  const open = () => new Evidence(join(directory, `${index}`))
  const records: LogRecord[] = []
  const log = createLogger((record) => records.push(record))
  return {
    records,
    keep: (auditId: bigint, proof: WrongEntry) => open().keep(auditId, proof),
    find: async (auditId: bigint) => (await open().list()).find((kept) => kept.auditId === auditId)?.proof,
    act: () => convict(world.as(index), { evidence: open(), log }),
  }
}

async function forge(owner: Ledger, { machineId, auditId }: { machineId: bigint; auditId: bigint }) {
  const { n, rounds: count, seed = '0x' } = await readAudit(owner, { auditId })
  const chainId = BigInt(owner.deployment.chainId)
  const { rounds, transcript, open } = forgeTranscript(
    { n, rounds: count, slots: 1, seed, chainId, machineId, auditId },
    [wrong],
  )
  const [opening] = await open([wrong])
  const round = rounds[wrong.round]
  if (!opening || !round) throw new Error('Cannot open the forged entry: it is not there, expected it')
  const { row, column } = wrong
  return { transcript, proof: { round, roundPath: roundPath(rounds, wrong.round), row, column, ...opening } }
}

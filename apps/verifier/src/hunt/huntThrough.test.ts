import { afterAll, beforeAll, expect, test } from 'vitest'
import { type AuditWorld, createAuditWorld } from '../testing/createAuditWorld.ts'
import { stall } from '../testing/createTestMachine.ts'

let world: AuditWorld
beforeAll(async () => {
  world = await createAuditWorld({ speed: 1000 })
})
afterAll(() => world.stop())

const soon = { timeout: 40_000, interval: 20 }
const measured = { kind: 'cpu', computeBand: 57, memoryBand: 68, slots: 1 } as const

test('machines that stall or are away keep nobody from hunting the others, and are left alone after a day', async () => {
  const { as, addMachine, passAudit, startVerifier, travel } = world
  const staged = [await addMachine(7, { misconduct: stall }), await addMachine(8), await addMachine(9)]
  for (const { machineId } of staged) await passAudit(as(6), machineId, measured)
  for (const away of staged.slice(1)) await away.stop()
  const { records } = startVerifier(3)
  const saidOf = (auditId: bigint) =>
    records.filter(({ fields }) => fields.auditId === auditId).map(({ message }) => message)
  for (const { auditId } of staged) await expect.poll(() => saidOf(auditId), soon).toContain('hunt put off')
  const [stalled] = records.filter(({ fields }) => fields.auditId === staged[0]?.auditId)
  expect(stalled?.fields.error).toMatchObject({ name: 'Async.DeadlineError' })

  await travel(24 * 3600)
  for (const { auditId } of staged) await expect.poll(() => saidOf(auditId).at(-1), soon).toBe('nothing can be proved')
})

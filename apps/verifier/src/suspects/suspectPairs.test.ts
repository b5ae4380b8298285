import { readAudit } from '@hotaru/chain'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type AuditWorld, createAuditWorld } from '../testing/createAuditWorld.ts'
import type { Service } from '../testing/createTestMachine.ts'

let world: AuditWorld
beforeAll(async () => {
  // Slower than others: verifiers wait for each other, and a machine with much to do must not use that up.
  world = await createAuditWorld({ speed: 10 })
})
afterAll(() => world.stop())

const soon = { timeout: 40_000, interval: 20 }
const measured = { kind: 'cpu', computeBand: 57, memoryBand: 68, slots: 1 } as const

test('two machines that look alike are audited side by side, and no verifier times one before both attend to it', async () => {
  const { as, addMachine, passAudit, startVerifier } = world
  const served: Service[] = []
  const machines = [await addMachine(7, { served }), await addMachine(8, { served })]
  for (const { machineId } of machines) await passAudit(as(6), machineId, measured)
  const suspicious = startVerifier(3, { randomBelow: () => 0 })
  for (const index of [4, 5]) startVerifier(index)
  const findPair = () => suspicious.records.find(({ message }) => message === 'suspects audited side by side')
  await expect.poll(findPair, soon).toBeDefined()
  const { auditIds, machineIds } = findPair()?.fields ?? {}
  expect(new Set(machineIds as bigint[])).toEqual(new Set(machines.map(({ machineId }) => machineId)))
  for (const auditId of auditIds as bigint[])
    await expect.poll(async () => (await readAudit(as(9), { auditId })).state, soon).toBe('passed')

  const began = served.filter(({ verb }) => verb === 'exam')
  expect(began).toHaveLength(6)
  for (const { caller } of began) {
    const own = served.filter((service) => service.caller === caller)
    const firstSprint = own.findIndex(({ verb }) => verb === 'sprint')
    const attendedBefore = own.slice(0, firstSprint).filter(({ verb }) => verb === 'exam')
    expect(attendedBefore.map(({ auditId }) => BigInt(auditId)).sort()).toEqual(auditIds)
  }
})

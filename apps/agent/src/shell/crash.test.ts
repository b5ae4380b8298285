import { expect, test } from 'vitest'
import { createRenter, liveToTheEnd, type RenterScript } from '../testing/createRenter.ts'
import { createWorld, type World } from '../testing/createWorld.ts'

const scripts: Record<string, { renter: RenterScript; runForMs: number | null }> = {
  'a program that ends by itself': { renter: {}, runForMs: 8_000 },
  'a program that is done at once': { renter: {}, runForMs: 0 },
  'a program that never ends': { renter: { durationSeconds: 10 }, runForMs: null },
  'a renter who never sends': { renter: { sends: false }, runForMs: null },
  'a renter who closes before sending': { renter: { closesAt: 'confirmed' }, runForMs: null },
  'a renter who closes while sending': { renter: { closesAt: 'sending' }, runForMs: null },
  'a renter who closes while it starts': { renter: { closesAt: 'starting' }, runForMs: null },
  'a renter who closes while it runs': { renter: { closesAt: 'running' }, runForMs: null },
  'a renter who closes after the exit': { renter: { closesAt: 'exited' }, runForMs: 3_000 },
  'a renter who stops it': { renter: { stopsAt: 'running' }, runForMs: null },
}

for (const [name, { renter: script, runForMs }] of Object.entries(scripts)) {
  test(`${name}: killed at any boundary, one workload, exact money, nothing left`, async () => {
    const calm = await createWorld({ driver: { runForMs } })
    await liveThrough(calm, script)
    const boundaries = calm.boundaries.length
    expect(boundaries).toBeGreaterThan(3)
    for (let killAt = 0; killAt < boundaries; killAt++) {
      const world = await createWorld({ killAt, driver: { runForMs } })
      await liveThrough(world, script).catch((error) => {
        throw new RangeError(`killed at boundary ${killAt} "${world.boundaries[killAt]}": ${error.message}`)
      })
    }
  })
}

async function liveThrough(world: World, script: RenterScript): Promise<void> {
  const renter = createRenter(world, script)
  await liveToTheEnd(world, renter)
  const { leaseId } = renter
  const { sent } = world.ledger
  const money = world.ledger.moneyOf(leaseId)
  expect({ name: 'closed on the ledger', ok: money.isClosed }).toEqual({ name: 'closed on the ledger', ok: true })
  expect(money.paidSeconds + money.refundedSeconds).toBe(money.boughtSeconds)
  expect(sent.filter((what) => what === `start ${leaseId}`).length).toBeLessThanOrEqual(1)
  expect(sent.filter((what) => what === `end ${leaseId}`).length).toBeLessThanOrEqual(1)
  expect(world.engineCalls.filter((call) => call.startsWith('start ')).length).toBeLessThanOrEqual(1)
  expect([...world.machine.keys()]).toEqual([])
  expect([...world.directories]).toEqual([])
}

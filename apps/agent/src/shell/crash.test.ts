import type { FakeBehaviour } from '@hotaru/driver/fake'
import { expect, test } from 'vitest'
import { createRenter, liveToTheEnd, type RenterScript } from '../testing/createRenter.ts'
import { createWorld, type World } from '../testing/createWorld.ts'

type Script = { renter: RenterScript; driver: Partial<FakeBehaviour>; isPaid: boolean }

const scripts: Record<string, Script> = {
  'a program that ends by itself': { renter: {}, driver: { runForMs: 8_000 }, isPaid: true },
  'a program that is done at once': { renter: {}, driver: { runForMs: 0 }, isPaid: false },
  'a program that never ends': { renter: { durationSeconds: 10 }, driver: {}, isPaid: true },
  'a program that starts slowly': { renter: {}, driver: { runForMs: 8_000, startDelayMs: 2_500 }, isPaid: true },
  'a renter who never sends': { renter: { sends: false }, driver: {}, isPaid: false },
  'a renter who closes before sending': { renter: { closesAt: 'confirmed' }, driver: {}, isPaid: false },
  'a renter who closes while sending': { renter: { closesAt: 'sending' }, driver: {}, isPaid: false },
  'a renter who closes while it starts': {
    renter: { closesAt: 'starting' },
    driver: { startDelayMs: 2_500 },
    isPaid: false,
  },
  'a renter who closes while it runs': { renter: { closesAt: 'running' }, driver: {}, isPaid: false },
  'a renter who closes after the exit': { renter: { closesAt: 'exited' }, driver: { runForMs: 3_000 }, isPaid: true },
  'a renter who stops it': { renter: { stopsAt: 'running' }, driver: {}, isPaid: false },
}

for (const [name, script] of Object.entries(scripts)) {
  test(`${name}: killed at any boundary, one workload, exact money, nothing left`, async () => {
    const calm = await createWorld({ driver: script.driver })
    await liveThrough(calm, script)
    const boundaries = calm.boundaries.length
    expect(boundaries).toBeGreaterThan(3)
    for (let killAt = 0; killAt < boundaries; killAt++) {
      const world = await createWorld({ killAt, driver: script.driver })
      await liveThrough(world, script).catch((error) => {
        throw new RangeError(`killed at boundary ${killAt} "${world.boundaries[killAt]}": ${error.message}`)
      })
    }
  })
}

async function liveThrough(world: World, { renter: renterScript, isPaid }: Script): Promise<void> {
  const renter = createRenter(world, renterScript)
  await liveToTheEnd(world, renter)
  const { leaseId } = renter
  const { sent } = world.ledger
  const money = world.ledger.moneyOf(leaseId)
  expect(money.isClosed).toBe(true)
  expect(money.paidSeconds + money.refundedSeconds).toBe(money.boughtSeconds)
  if (isPaid) expect(money.paidSeconds).toBeGreaterThan(0)
  expect(sent.filter((what) => what === `start ${leaseId}`).length).toBeLessThanOrEqual(1)
  expect(sent.filter((what) => what === `end ${leaseId}`).length).toBeLessThanOrEqual(1)
  expect(world.engineCalls.filter((call) => call.startsWith('start ')).length).toBeLessThanOrEqual(1)
  expect([...world.machine.keys()]).toEqual([])
  expect([...world.directories]).toEqual([])
}

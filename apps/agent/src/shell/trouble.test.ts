import { expect, test } from 'vitest'
import { createRenter, liveToTheEnd } from '../testing/createRenter.ts'
import { createWorld, testSettings } from '../testing/createWorld.ts'

async function untilStep(
  world: Awaited<ReturnType<typeof createWorld>>,
  renter: ReturnType<typeof createRenter>,
  step: string,
) {
  for (let second = 0; second < 100; second++) {
    if (world.lease(renter.leaseId)?.step === step) return
    await world.second()
    await renter.act()
  }
  throw new RangeError(`never "${step}" but "${world.lease(renter.leaseId)?.step}"`)
}

test('with the chain away the workload still ends when its time is up', async () => {
  const world = await createWorld()
  const renter = createRenter(world, { durationSeconds: 10 })
  await untilStep(world, renter, 'running')
  world.ledger.knobs.down = true
  for (let second = 0; second < 9; second++) await world.second()
  expect(world.lease(renter.leaseId)?.exit).toBeNull()
  await world.second()
  await world.second()
  expect(world.lease(renter.leaseId)?.exit).toEqual({ code: null, reason: 'stopped' })
  world.ledger.knobs.down = false
  await liveToTheEnd(world, renter)
  expect(world.ledger.moneyOf(renter.leaseId)).toMatchObject({ paidSeconds: 10, refundedSeconds: 0, isClosed: true })
})

test('with the chain away, an agent that was killed still ends the workload when its time is up', async () => {
  const world = await createWorld()
  const renter = createRenter(world, { durationSeconds: 10 })
  await untilStep(world, renter, 'running')
  world.ledger.knobs.down = true
  await world.kill()
  for (let second = 0; second < 12; second++) await world.second()
  expect(world.lease(renter.leaseId)?.exit).toEqual({ code: null, reason: 'stopped' })
})

test('a chain away at the start leaves nothing unpaid running', async () => {
  const world = await createWorld()
  const renter = createRenter(world)
  await untilStep(world, renter, 'sending')
  world.ledger.knobs.down = true
  await renter.act()
  const limit = testSettings.unbilledLimitMs / 1000 + 5
  for (let second = 0; second < limit; second++) await world.second()
  expect(world.lease(renter.leaseId)?.step).toBe('failed')
  expect([...world.machine.keys()]).toEqual([])
  world.ledger.knobs.down = false
  await liveToTheEnd(world, renter)
  expect(world.ledger.moneyOf(renter.leaseId)).toMatchObject({ paidSeconds: 0, refundedSeconds: 30, isClosed: true })
})

for (const step of ['confirmed', 'sending', 'starting', 'running', 'exited']) {
  test(`a reorganised chain takes the lease away at "${step}": everything of it goes`, async () => {
    const world = await createWorld({ driver: { runForMs: 3_000, startDelayMs: 1_500 } })
    const renter = createRenter(world, { sends: step !== 'confirmed' })
    await untilStep(world, renter, step)
    world.ledger.undo(renter.leaseId)
    await liveToTheEnd(world, renter)
    expect([...world.machine.keys()]).toEqual([])
    expect([...world.directories]).toEqual([])
    expect(world.ledger.sent.filter((what) => what.startsWith('end'))).toEqual([])
  })
}

test('an extension moves the end', async () => {
  const world = await createWorld()
  const renter = createRenter(world, { durationSeconds: 10 })
  await untilStep(world, renter, 'running')
  world.ledger.extend(renter.leaseId, 20)
  await liveToTheEnd(world, renter)
  expect(world.ledger.moneyOf(renter.leaseId)).toMatchObject({ paidSeconds: 30, refundedSeconds: 0 })
})

const failures = {
  'the driver cannot start it': { startError: 'no such image' },
  'its devices are not there': { deviceMissing: true },
}
for (const [name, knobs] of Object.entries(failures)) {
  test(`${name}: the whole escrow goes back and the renter can read why`, async () => {
    const world = await createWorld({ driver: knobs })
    const renter = createRenter(world)
    await untilStep(world, renter, 'failed')
    expect(world.lease(renter.leaseId)?.reason).toMatch(/no such image|is not there/)
    await liveToTheEnd(world, renter)
    expect(world.ledger.moneyOf(renter.leaseId)).toMatchObject({ paidSeconds: 0, refundedSeconds: 30, isClosed: true })
    expect(world.ledger.sent.filter((what) => what.startsWith('start'))).toEqual([])
  })
}

test('a workload that was lost while nobody watched is ended at once', async () => {
  const world = await createWorld()
  const renter = createRenter(world)
  await untilStep(world, renter, 'running')
  world.machine.clear()
  await world.kill()
  await world.second()
  await world.second()
  expect(world.lease(renter.leaseId)?.exit?.reason).toBe('lost')
  expect(world.ledger.sent).toContain(`end ${renter.leaseId}`)
})

test('a full disk under the journal: nothing new begins, what runs goes on and ends', async () => {
  const world = await createWorld()
  const first = createRenter(world, { durationSeconds: 10 })
  await untilStep(world, first, 'running')
  world.knobs.journalFull = true
  await untilStep(world, first, 'exited')
  expect(world.loop().state.machine.journalOk).toBe(false)
  await world.second()
  expect(world.ledger.sent).toContain('pause')
  const second = createRenter(world)
  for (let count = 0; count < 5; count++) {
    await world.second()
    await second.act()
  }
  expect(world.engineCalls.filter((call) => call.startsWith('start'))).toHaveLength(1)

  world.knobs.journalFull = false
  await liveToTheEnd(world, second)
  expect(world.loop().state.machine.journalOk).toBe(true)
  expect(world.ledger.sent).toContain('resume')
  await world.kill()
  expect(world.loop().state.leases).toEqual({})
})

test('the next tenant of a slot waits until the last one is gone', async () => {
  const world = await createWorld({ driver: { ignoresStop: true } })
  const first = createRenter(world, { durationSeconds: 10 })
  await untilStep(world, first, 'running')
  for (let count = 0; count < 10; count++) await world.second()
  expect(world.lease(first.leaseId)).toMatchObject({ exit: null, ledger: { state: 'ended' } })
  const second = createRenter(world)
  for (let count = 0; count < 20; count++) {
    await world.second()
    await second.act()
    const running = [...world.machine.values()].filter((workload) => !workload.exit)
    expect(running.length).toBeLessThanOrEqual(1)
  }
  expect(world.lease(second.leaseId)?.step).toBe('running')
})

test('workloads that no lease backs are removed, those of others left alone', async () => {
  const world = await createWorld()
  const renter = createRenter(world)
  await untilStep(world, renter, 'running')
  const [workload] = world.machine.values()
  if (!workload) throw new RangeError('nothing runs')
  world.machine.set('test-99', workload).set('someone-else-7', workload)
  await world.kill()
  await world.second()
  expect([...world.machine.keys()]).toEqual(['test-1', 'someone-else-7'])
})

test('heartbeats go out, stale classes are audited again, and a machine without a driver is paused', async () => {
  const world = await createWorld()
  world.ledger.knobs.isFresh = false
  for (let second = 0; second < 20; second++) await world.second()
  expect(world.ledger.sent).toEqual(['heartbeat', 'requestAudit'])
  await world.loop().dispatch({ type: 'driversChecked', drivers: [] })
  await world.settle()
  expect(world.ledger.sent.at(-1)).toBe('pause')
})

test('an owner who paused the machine is not overruled', async () => {
  const world = await createWorld()
  world.ledger.knobs.machineState = 'paused'
  for (let second = 0; second < 40; second++) await world.second()
  expect(world.ledger.sent).not.toContain('resume')
})

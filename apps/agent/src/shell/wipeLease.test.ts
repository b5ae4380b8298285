import { createManualClock } from '@hotaru/base'
import { createFakeDriver } from '@hotaru/driver/fake'
import { expect, test } from 'vitest'
import { fakeDisk } from '../testing/createWorld.ts'
import { DriverSet } from './DriverSet.ts'
import { wipeLease } from './wipeLease.ts'

test('a workload whose handle was never written down goes with its lease', async () => {
  const driver = createFakeDriver({ clock: createManualClock() })
  const program = { driver: 'deno', entry: 'main.ts', arguments: [] } as const
  const limits = { memoryBytes: 1, diskBytes: 1, processes: 1, cpus: 1 }
  await driver.start({ id: 'm-7', program, directory: '/leases/7', limits, devices: [], deadlineUnixMs: 1e12 })
  const directories = new Set(['7'])
  const disk = fakeDisk(directories)
  const outside = { disk, drivers: new DriverSet([driver]), guards: { release: async () => {} } }

  await wipeLease({ type: 'wipe', leaseId: '7', handle: null, taskId: 'm-7' }, outside)
  expect(await driver.list()).toEqual([])
  expect([...directories]).toEqual([])
})

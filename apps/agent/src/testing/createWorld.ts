import { createManualClock, type ManualClock, silentLogger } from '@hotaru/base'
import { createFakeDriver, type FakeBehaviour, type FakeDriver, type FakeMachine } from '@hotaru/driver/fake'
import { hashWorkload, type Workload } from '@hotaru/protocol'
import type { Effect } from '../core/Effect.ts'
import { keyOf } from '../core/Effect.ts'
import type { JournalRecord } from '../core/Event.ts'
import type { LeaseWork, Settings } from '../core/State.ts'
import type { DiskPort } from '../ports.ts'
import { DriverSet } from '../shell/DriverSet.ts'
import { LedgerFollower } from '../shell/LedgerFollower.ts'
import { Loop } from '../shell/Loop.ts'
import { runEffect } from '../shell/runEffect.ts'
import { createFakeLedger, type FakeLedger } from './createFakeLedger.ts'

export const testSettings: Settings = {
  taskPrefix: 'test',
  slots: 1,
  memoryBytes: 4 * 2 ** 30,
  cpus: 2,
  confirmations: 0,
  startWindowSeconds: 120,
  acceptWindowSeconds: 30,
  resultsGraceMs: 20_000,
  exitGraceMs: 5_000,
  unbilledLimitMs: 60_000,
  heartbeatMs: 600_000,
  diskReserveBytes: 64 * 2 ** 20,
}

export const testWorkload: Workload = {
  version: 1,
  name: 'test',
  program: { driver: 'deno', entry: 'main.ts', arguments: [] },
  files: [{ path: 'main.ts', sizeBytes: 3, sha256: 'a'.repeat(64) }],
  limits: { memoryBytes: 2 ** 30, diskBytes: 2 ** 30, processes: 16, timeoutMs: 3_600_000 },
}
export const testDigest = hashWorkload(testWorkload)

/**
 * A machine, its ledger, its disk and its engine, that outlive the agent; and agents that can be killed at any
 * boundary: before and after each effect, before and after each line of the journal.
 */
export type World = {
  clock: ManualClock
  ledger: FakeLedger
  machine: FakeMachine
  /** Every `start`, `stop`, … of all lives, in order. */
  engineCalls: string[]
  directories: Set<string>
  journal: JournalRecord[]
  knobs: { journalFull: boolean; driver: Partial<FakeBehaviour> }
  /** How many boundaries all lives have crossed. */
  boundaries: string[]
  loop(): Loop
  lease(id: string): LeaseWork | undefined
  /** Lets one second pass: the ledger is read, time ticks, everything that can settle does. */
  second(): Promise<void>
  /** Lets what is under way come to rest, without time. */
  settle(): Promise<void>
  /** Kills the agent as `kill -9` does and starts it again. */
  kill(): Promise<void>
}

export async function createWorld(options: { killAt?: number; driver?: Partial<FakeBehaviour> } = {}): Promise<World> {
  const clock = createManualClock(1_800_000_000_000)
  const ledger = createFakeLedger({ clock })
  const machine: FakeMachine = new Map()
  const world = { clock, ledger, machine, engineCalls: [] as string[], directories: new Set<string>() }
  const journal: JournalRecord[] = []
  const boundaries: string[] = []
  const knobs: World['knobs'] = { journalFull: false, driver: options.driver ?? {} }
  let life: { loop: Loop; follower: LedgerFollower; driver: FakeDriver; isDead: boolean }
  let wantsKill = false

  /** True when this life ends here: what follows never happens. */
  const cross = (me: { isDead: boolean }, name: string): boolean => {
    if (me.isDead) return true
    boundaries.push(name)
    if (boundaries.length - 1 === options.killAt) {
      me.isDead = true
      wantsKill = true
    }
    return me.isDead
  }
  const never = new Promise<never>(() => {})

  async function boot(): Promise<void> {
    const me = { isDead: false } as typeof life
    const driver = createFakeDriver({ clock, machine, knobs: { devices: [testGpu], ...knobs.driver } })
    me.driver = driver
    const exams = { end: async () => {} }
    const disk = fakeDisk(world.directories)
    const outside = { ledger, disk, drivers: new DriverSet([driver]), guards: noGuards, exams }
    me.loop = new Loop({
      machineId: '1',
      settings: testSettings,
      clock,
      log: silentLogger,
      journal: {
        async append(record) {
          if (cross(me, 'before the journal')) return never
          await new Promise((resolve) => setImmediate(resolve))
          if (me.isDead) return never
          if (knobs.journalFull) throw new RangeError('disk full')
          journal.push(structuredClone(record))
          if (cross(me, 'after the journal')) return never
        },
      },
      async runEffect(effect: Effect, signal) {
        if (cross(me, `before ${keyOf(effect)}`)) return never
        const before = driver.calls.length
        const facts = await runEffect(effect, outside, signal).finally(() => {
          world.engineCalls.push(...driver.calls.slice(before))
        })
        // A watched workload ends in its own time: no boundary of the agent's.
        if (me.isDead || cross(me, `after ${keyOf(effect)}`)) return never
        return facts
      },
    })
    me.follower = new LedgerFollower({ loop: me.loop, ledger, log: silentLogger, fromBlock: 0, reorgBlocks: 16 })
    life = me
    await me.loop.dispatch({ type: 'booted', records: structuredClone(journal) })
    await me.follower.follow()
    await me.loop.dispatch({ type: 'workloadsFound', handles: await driver.list() })
    const health = await driver.fingerprint()
    await me.loop.dispatch({ type: 'driversChecked', drivers: [{ ...health, name: health.driver }] })
  }

  async function settle(): Promise<void> {
    await rest()
    while (wantsKill) {
      wantsKill = false
      void life.loop.stop()
      await Promise.race([boot(), rest()])
      await rest()
    }
  }

  await boot()
  return {
    ...world,
    journal,
    knobs,
    boundaries,
    loop: () => life.loop,
    lease: (id) => life.loop.state.leases[id],
    settle,
    async second() {
      clock.advance(1_000)
      const { follower, loop, driver } = life
      void follower.follow().then(async () => {
        await loop.dispatch({ type: 'workloadsFound', handles: await driver.list() })
        await loop.dispatch({ type: 'tick' })
      })
      await settle()
    },
    async kill() {
      life.isDead = true
      wantsKill = true
      await settle()
    },
  }
}

const testGpu = { slot: 0, kind: 'gpu', name: 'fake card', id: 'gpu-0' } as const
/** Long enough for everything that needs no time of the clock: effects, and lines of the journal between them. */
async function rest(): Promise<void> {
  for (let turn = 0; turn < 24; turn++) await new Promise((resolve) => setImmediate(resolve))
}

const noGuards = { release: async () => {} }

/** Lease directories that are only names. */
export function fakeDisk(directories: Set<string>): DiskPort {
  return {
    directoryOf: (leaseId) => `/leases/${leaseId}`,
    async prepare(leaseId) {
      directories.add(leaseId)
      return []
    },
    place: async () => {},
    async remove(leaseId) {
      directories.delete(leaseId)
    },
    freeBytes: async () => 100 * 2 ** 30,
  }
}

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createManualClock } from '@hotaru/base'
import { describe, expect, test } from 'vitest'
import { type CompliancePrograms, type LittleProgram, runDriverCompliance } from '../compliance/index.ts'
import type { Task } from '../Driver.ts'
import { createFakeDriver, type FakeMachine } from './createFakeDriver.ts'
import type { FakeBehaviour } from './FakeBehaviour.ts'

type Behaviours = Record<string, Partial<FakeBehaviour>>

const ready = { stream: 'stdout', text: 'ready\n' } as const
const behaviours: Behaviours = {
  hello: {
    runForMs: 0,
    exit: { code: 3, reason: 'exited' },
    output: [
      { stream: 'stdout', text: 'hello\n' },
      { stream: 'stderr', text: 'trouble\n' },
    ],
  },
  polite: {
    output: [ready],
    onExec: (_command, stdin) => ({ stdout: `${Buffer.from(stdin)}`, exit: { code: 4, reason: 'exited' } }),
  },
  stubborn: { output: [ready], ignoresStop: true },
  spin: { output: [ready] },
  makeFile: {
    runForMs: 0,
    onRun: ({ directory }) => {
      mkdirSync(join(directory, 'out'))
      writeFileSync(join(directory, 'out/result.txt'), 'made here')
    },
  },
  count: {
    runForMs: 250,
    output: Array.from({ length: 100 }, (_, line) => ({ stream: 'stdout', text: `line ${line}\n`, afterMs: line * 2 })),
  },
}

const little = (name: string) => (): LittleProgram => ({ program: { driver: 'deno', entry: name, arguments: [] } })
const programs: CompliancePrograms = {
  hello: little('hello'),
  untilGo: little('untilGo'),
  polite: little('polite'),
  stubborn: little('stubborn'),
  makeFile: little('makeFile'),
  count: little('count'),
  marked: little('marked'),
  takeMemory: little('takeMemory'),
  multiply: little('multiply'),
  fillDisk: little('fillDisk'),
  flood: little('flood'),
  spin: little('spin'),
  copyStdin: () => ({ command: ['copy'] }),
}

const machines = new Map<string, FakeMachine>()

runDriverCompliance({
  name: 'fake',
  programs,
  createDriver({ directory }) {
    const machine = machines.get(directory) ?? new Map()
    machines.set(directory, machine)
    const behave = ({ program }: Task) => (program.driver === 'deno' ? (behaviours[program.entry] ?? {}) : {})
    return createFakeDriver({ machine, behave })
  },
  skip: [
    {
      reason: 'the fake has no processes and no files',
      tests: [
        'starts one id once',
        'says why it cannot start, and leaves nothing behind',
        'leaves no process behind',
        'adopts one that runs, and hears its end',
        'outlives an agent that is killed',
        'ends at its deadline though the agent is dead',
        'misses a device that is not there',
      ],
    },
    {
      reason: 'the fake runs nothing that could go over a limit',
      tests: [
        'ends one that takes twice its memory',
        'lets one take half its memory',
        'ends one that writes over its quota',
        'allows no more processes than granted',
        'keeps a flood of output within its bound, and lets the program end',
      ],
    },
    { reason: 'polite programs of the fake end without a code', tests: ['asks before it ends'] },
  ],
})

describe('createFakeDriver', () => {
  const task = {
    id: 'lease-7',
    program: { driver: 'deno', entry: 'a.ts', arguments: [] },
    directory: '/nowhere',
    limits: { memoryBytes: 1, diskBytes: 1, processes: 1, cpus: 1 },
    devices: [],
    deadlineUnixMs: 60_000,
  } as const satisfies Task

  test('lives by the clock it is given', async () => {
    const clock = createManualClock()
    const driver = createFakeDriver({ clock, knobs: { runForMs: 5_000, exit: { code: 2, reason: 'exited' } } })
    const handle = await driver.start(task)
    clock.advance(4_999)
    expect(await driver.recover(handle)).toBe('running')
    clock.advance(1)
    expect(await driver.recover(handle)).toEqual({ code: 2, reason: 'exited' })
  })

  test('ends at the deadline when nothing else ends it', async () => {
    const clock = createManualClock()
    const driver = createFakeDriver({ clock })
    const handle = await driver.start(task)
    clock.advance(60_000)
    expect(await driver.wait(handle)).toEqual({ code: null, reason: 'deadline' })
  })

  test('turns its knobs at run time', async () => {
    const driver = createFakeDriver({ clock: createManualClock() })
    driver.knobs.unhealthyReason = 'no engine'
    expect(await driver.fingerprint()).toMatchObject({ healthy: false, reason: 'no engine', devices: [] })
    driver.knobs.startError = 'no room'
    await expect(driver.start(task)).rejects.toThrow('Cannot start the workload: no room')
    driver.knobs.startError = null
    const handle = await driver.start(task)
    driver.print('lease-7', 'working')
    driver.knobs.deviceMissing = true
    expect((await driver.verifyDevices(handle)).ok).toBe(false)
    driver.end('lease-7', { code: null, reason: 'memory' })
    expect(await driver.wait(handle)).toEqual({ code: null, reason: 'memory' })
    expect(driver.calls).toEqual(['start lease-7', 'start lease-7'])
  })
})

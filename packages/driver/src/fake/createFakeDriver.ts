import type { Clock } from '@hotaru/base'
import { sleep, systemClock } from '@hotaru/base/async'
import type { Exit, Tier } from '@hotaru/protocol'
import type { Driver, Exec, ExecOptions, Fingerprint, Handle, Task } from '../Driver.ts'
import { NotRunningError, StartError } from '../errors.ts'
import { defaultFakeBehaviour, type FakeBehaviour } from './FakeBehaviour.ts'
import { FakeWorkload } from './FakeWorkload.ts'

/** The fake with its knobs, and hands on its workloads. */
export type FakeDriver = Driver & {
  /** Turn these at any time; a workload keeps what was set when it started. */
  readonly knobs: FakeBehaviour
  /** What the fake did, in order: `start lease-7`, `stop lease-7`, … */
  readonly calls: readonly string[]
  /** Prints as the program of a workload. Throws `Driver.NotRunningError`. */
  print(taskId: string, text: string, stream?: 'stdout' | 'stderr'): void
  /** Ends a workload as if by itself. Throws `Driver.NotRunningError`. */
  end(taskId: string, exit?: Exit): void
}

/** Where fake workloads live on when their driver is thrown away, as processes do when an agent dies. */
export type FakeMachine = Map<string, FakeWorkload>

/**
 * A driver that runs nothing, for tests of those who use drivers: every outcome is a knob, and time is the clock's.
 *
 * @example
 * const machine: FakeMachine = new Map()
 * const driver = createFakeDriver({ clock, machine, knobs: { runForMs: 5_000, exit: { code: 3, reason: 'exited' } } })
 * const afterRestart = createFakeDriver({ clock, machine })
 */
export function createFakeDriver(options: createFakeDriver.Options = {}): FakeDriver {
  const { name = 'deno', tier = 'process', clock = systemClock, machine = new Map() } = options
  const knobs: FakeBehaviour = { ...defaultFakeBehaviour, ...options.knobs }
  const calls: string[] = []
  const starting = new Map<string, Promise<Handle>>()
  const handleOf = (taskId: string): Handle => ({ driver: name, taskId, state: { fake: true } })
  const runningOne = (taskId: string, what: string): FakeWorkload => {
    const workload = machine.get(taskId)
    if (!workload || workload.exit) throw new NotRunningError({ taskId, what })
    return workload
  }

  async function begin(task: Task): Promise<Handle> {
    if (machine.has(task.id)) return handleOf(task.id)
    const behaviour = { ...knobs, ...options.behave?.(task) }
    if (behaviour.startDelayMs > 0) await sleep(behaviour.startDelayMs, { clock })
    if (behaviour.startError !== null) throw new StartError({ driver: name, reason: behaviour.startError })
    await behaviour.onRun(task)
    machine.set(task.id, new FakeWorkload(task, behaviour, clock))
    return handleOf(task.id)
  }

  async function stop(handle: Handle, { graceMs = 10_000 }: { graceMs?: number | undefined } = {}): Promise<void> {
    calls.push(`stop ${handle.taskId}`)
    const workload = machine.get(handle.taskId)
    if (!workload || workload.exit) return
    if (workload.behaviour.ignoresStop) await sleep(graceMs, { clock })
    workload.end({ code: null, reason: 'stopped' })
  }

  return {
    name,
    tier,
    knobs,
    calls,
    print: (taskId, text, stream = 'stdout') => runningOne(taskId, 'print').print(stream, text),
    end: (taskId, exit = { code: 0, reason: 'exited' }) => runningOne(taskId, 'end it').end(exit),
    async fingerprint(): Promise<Fingerprint> {
      const healthy = knobs.unhealthyReason === null
      const hint = healthy ? null : 'turn the knob "unhealthyReason" back'
      const shared = { driver: name, tier, version: 'fake', details: { fake: true } }
      return { ...shared, healthy, reason: knobs.unhealthyReason, hint, devices: healthy ? knobs.devices : [] }
    },
    start(task) {
      calls.push(`start ${task.id}`)
      const started = starting.get(task.id) ?? begin(task).finally(() => starting.delete(task.id))
      starting.set(task.id, started)
      return started
    },
    async verifyDevices({ taskId }) {
      const { behaviour, task } = runningOne(taskId, 'verify its devices')
      if (knobs.deviceMissing || behaviour.deviceMissing) {
        return { ok: false, reason: `device "${task.devices[0]?.name ?? 'any'}" is not there` }
      }
      return { ok: true, found: task.devices.map((device) => device.name) }
    },
    async recover({ taskId }) {
      calls.push(`recover ${taskId}`)
      const workload = machine.get(taskId)
      if (!workload || knobs.loseOnRecover || workload.behaviour.loseOnRecover) return { code: null, reason: 'lost' }
      return workload.exit ?? 'running'
    },
    async wait({ taskId }, { signal } = {}) {
      return machine.get(taskId)?.wait(signal) ?? { code: null, reason: 'lost' }
    },
    stop,
    async stats({ taskId }) {
      const { behaviour, startedMs } = runningOne(taskId, 'measure it')
      return { ...behaviour.stats, cpuMs: behaviour.stats.cpuMs || clock.monotonicMs() - startedMs }
    },
    async *logs({ taskId }, logOptions = {}) {
      const workload = machine.get(taskId)
      if (workload) yield* workload.logs(logOptions)
    },
    async exec({ taskId }, command, execOptions = {}) {
      return execute(runningOne(taskId, 'run a command in it'), command, execOptions)
    },
    async remove(handle) {
      await stop(handle, { graceMs: 0 })
      calls.push(`remove ${handle.taskId}`)
      machine.delete(handle.taskId)
    },
    list: async () => [...machine.keys()].map(handleOf),
  }
}

export declare namespace createFakeDriver {
  type Options = {
    /** @default 'deno' */
    name?: string | undefined
    /** @default 'process' */
    tier?: Tier | undefined
    /** @default systemClock */
    clock?: Clock | undefined
    knobs?: Partial<FakeBehaviour> | undefined
    /** Knobs of one task, over those of the driver. */
    behave?: ((task: Task) => Partial<FakeBehaviour>) | undefined
    /** Give two drivers the same one to pretend a restart of the agent. */
    machine?: FakeMachine | undefined
  }
}

async function execute(workload: FakeWorkload, command: readonly string[], { stdin }: ExecOptions): Promise<Exec> {
  const parts: number[] = []
  for await (const bytes of stdin ?? []) parts.push(...bytes)
  const { stdout, exit } = workload.behaviour.onExec(command, Uint8Array.from(parts), workload.task)
  async function* output() {
    if (stdout) yield { stream: 'stdout' as const, bytes: new TextEncoder().encode(stdout) }
  }
  return { output: output(), exit: Promise.resolve(exit) }
}

import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Logger, silentLogger } from '@hotaru/base'
import { type Driver, type Exec, type ExecOptions, type Handle, NotRunningError, type Wall } from '@hotaru/driver'
import type { Exit, Tier } from '@hotaru/protocol'
import { readUsage, removeCgroup } from './cgroups.ts'
import { execute } from './execute.ts'
import { fingerprint, probePrefix } from './fingerprint.ts'
import { measureTree } from './measureTree.ts'
import { type Place, type Plan, placeOf, readExit, readHandle, readPlan } from './Place.ts'
import { type Means, prepareMeans } from './prepareMeans.ts'
import { isHardware, parseSeen, probeScript } from './probe.ts'
import { readLogs } from './readLogs.ts'
import { startWorkload } from './startWorkload.ts'
import { stopWorkload } from './stopWorkload.ts'
import { findExit, watchPlace } from './watchPlace.ts'

/** What is kept of each stream of a workload's output, when nobody says otherwise. */
const defaultLogLimitBytes = 64 * 2 ** 20
const defaultGraceMs = 10_000

/**
 * Makes the driver that runs programs in Deno, on Linux inside a bubblewrap box. It needs no engine and no network.
 *
 * @example
 * const driver = createDenoDriver({ directory: '/var/lib/hotaru/deno' })
 * const handle = await driver.start(task)
 * for await (const { bytes } of driver.logs(handle, { follow: true })) process.stdout.write(bytes)
 */
export function createDenoDriver(options: createDenoDriver.Options): Driver {
  const { directory, denoPath, without, log = silentLogger, logLimitBytes = defaultLogLimitBytes } = options
  const group = createHash('sha256').update(directory).digest('hex').slice(0, 8)
  const starting = new Map<string, Promise<Handle>>()
  let tier: Tier = 'process'
  let prepared: Promise<Means> | undefined
  const means = (): Promise<Means> => {
    prepared ??= prepareMeans(directory, { denoPath, without, box: options.box }).catch((error) => {
      // Somebody may install what was missing; the next one to ask looks again.
      prepared = undefined
      throw error
    })
    return prepared
  }
  const at = ({ taskId }: Handle) => placeOf(directory, taskId)

  async function start(task: Parameters<Driver['start']>[0]): Promise<Handle> {
    const beganMs = performance.now()
    const handle = await startWorkload(await means(), placeOf(directory, task.id), task, { group, logLimitBytes })
    log.info('workload started', { taskId: task.id, durationMs: Math.round(performance.now() - beganMs) })
    return handle
  }

  async function remove(handle: Handle): Promise<void> {
    const place = at(handle)
    const plan = await readPlan(place)
    if (plan) {
      // Whoever asks may know the id alone.
      await stopWorkload(place, (await readHandle(place, handle.taskId)) ?? handle, 0)
      await removeCgroup(plan.cgroups)
    }
    await rm(place.directory, { recursive: true, force: true })
    log.info('workload removed', { taskId: handle.taskId })
  }

  return {
    name: 'deno',
    get tier() {
      return tier
    },
    async fingerprint() {
      const found = await fingerprint(await means(), directory, { start, remove }, { version: options.version })
      tier = found.tier
      return found
    },
    start(task) {
      const started = starting.get(task.id) ?? start(task).finally(() => starting.delete(task.id))
      starting.set(task.id, started)
      return started
    },
    async verifyDevices(handle) {
      const { task } = await runningPlan(at(handle), handle, 'verify its devices')
      const gpus = task.devices.filter((device) => device.kind === 'gpu')
      const exec = await run(await means(), at(handle), handle, ['-'], { stdin: once(probeScript) })
      const seen = parseSeen(await readText(exec))
      if (!seen) return { ok: false, reason: 'the probe inside the box printed nothing' }
      if (gpus.length > 0 && !isHardware(seen.adapter)) {
        return { ok: false, reason: `device "${gpus[0]?.name}" is not there, WebGPU does not show it` }
      }
      return { ok: true, found: gpus.length > 0 ? [seen.adapter?.description ?? ''] : ['processor'] }
    },
    async recover(handle) {
      const end = await findExit(at(handle), handle.taskId)
      log.info('workload recovered', { taskId: handle.taskId, end: end?.reason ?? 'running' })
      return end ?? 'running'
    },
    async wait(handle, { signal } = {}): Promise<Exit> {
      for await (const _ of watchPlace(at(handle), signal)) {
        const exit = await findExit(at(handle), handle.taskId)
        if (exit) return exit
      }
      return { code: null, reason: 'lost' }
    },
    stop: (handle, { graceMs = defaultGraceMs } = {}) => stopWorkload(at(handle), handle, graceMs),
    async stats(handle) {
      const { task, cgroups } = await runningPlan(at(handle), handle, 'measure it')
      const usage = cgroups.length > 0 ? readUsage(cgroups) : measureTree(Number(handle.state.pid))
      const [used, diskBytes] = await Promise.all([usage, measureDisk(task.directory)])
      return { ...used, diskBytes }
    },
    logs: (handle, logOptions = {}) => readLogs(at(handle), handle.taskId, logOptions),
    exec: async (handle, command, execOptions = {}) => run(await means(), at(handle), handle, command, execOptions),
    remove,
    async list() {
      const names = await readdir(join(directory, 'tasks')).catch((): string[] => [])
      const ids = names.filter((id) => !id.startsWith(probePrefix))
      const handles = await Promise.all(ids.map((id) => readHandle(placeOf(directory, id), id)))
      return handles.filter((handle) => handle !== undefined)
    },
  }
}

export declare namespace createDenoDriver {
  type Options = {
    /** What the driver keeps of its workloads, private to the agent; outside of every task's directory. */
    directory: string
    /** @default the binary that npm installed */
    denoPath?: string | undefined
    /** @default silentLogger */
    log?: Logger | undefined
    /** What is kept of each stream of output; the rest is dropped with a line that says so. @default 64 MiB */
    logLimitBytes?: number | undefined
    /** `none`: with Deno's own permissions only, as where there is no bubblewrap. @default 'auto' */
    box?: 'auto' | 'none' | undefined
    /** For tests only: walls to leave out, so that a probe is seen to get through. @default none */
    without?: readonly Wall[] | undefined
    /** For tests only: the version that Deno pretends to have. */
    version?: string | undefined
  }
}

/** `deno run SCRIPT WORD...` or `SCRIPT WORD...`: there is no other program inside the walls. */
async function run(
  means: Means,
  place: Place,
  handle: Handle,
  command: readonly string[],
  options: ExecOptions,
): Promise<Exec> {
  const { task, cgroups } = await runningPlan(place, handle, 'run a command in it')
  const words = command[0] === 'deno' && command[1] === 'run' ? command.slice(2) : command
  const [script = '', ...rest] = words
  return execute(means, task, { script, words: rest, cgroups, home: join(place.directory, 'home') }, options)
}

async function runningPlan(place: Place, { taskId }: Handle, what: string): Promise<Plan> {
  const plan = await readPlan(place)
  if (!plan || (await readExit(place))) throw new NotRunningError({ taskId, what })
  return plan
}

/** Blocks that are really taken, as the keeper counts them for the quota. */
async function measureDisk(directory: string): Promise<number> {
  const { stdout } = await promisify(execFile)('du', ['-skx', directory], { env: { PATH: '/usr/bin:/bin' } }).catch(
    ({ stdout }) => ({ stdout }),
  )
  return (Number.parseInt(stdout, 10) || 0) * 1024
}

async function* once(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text)
}

async function readText({ output }: Exec): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const { stream, bytes } of output) if (stream === 'stdout') chunks.push(bytes)
  return Buffer.concat(chunks).toString()
}

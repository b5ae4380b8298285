import { randomUUID } from 'node:crypto'
import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BaseError } from '@hotaru/base'
import type { Device, Fingerprint, Handle, Task } from '@hotaru/driver'
import { hashFile } from './findDeno.ts'
import { findProgram } from './findProgram.ts'
import { type Place, placeOf, readPlan } from './Place.ts'
import type { Means } from './prepareMeans.ts'
import { isHardware, parseSeen, probeScript, type Seen } from './probe.ts'
import { readLogs } from './readLogs.ts'
import { verifyWalls } from './verifyWalls.ts'

/** The oldest Deno that workloads may run in: the first that was tried with all of these walls. */
const oldestVersion = '2.9.0'
const probeTimeoutMs = 30_000
const hintForLimits = 'give the agent control groups: a systemd unit with Delegate=yes, or run it as root'

/** Ids of the driver's own workloads, which it does not list: they are nobody's lease. */
export const probePrefix = 'hotaru-probe-'

/** What the fingerprint needs of the driver: to run a workload as for a renter. */
export type Runner = { start(task: Task): Promise<Handle>; remove(handle: Handle): Promise<void> }

/** Runs a small workload, sees what WebGPU gives it, and looks from outside whether every wall stands around it. */
export async function fingerprint(
  means: Means,
  directory: string,
  runner: Runner,
  options: fingerprint.Options = {},
): Promise<Fingerprint> {
  const version = options.version ?? means.deno.version
  const base = { driver: 'deno', version, tier: 'process' as const, devices: [], details: detailsOf(means) }
  const ill = (reason: string, hint: string): Fingerprint => ({ ...base, healthy: false, reason, hint })
  if (isOlder(version, oldestVersion)) {
    return ill(`Deno is version "${version}", older than "${oldestVersion}"`, 'npm install deno@latest')
  }
  if (means.box && (await hashFile(join(means.box.runtime.directory, means.box.runtime.deno))) !== means.deno.sha256) {
    return ill('the runtime on disk is not the one that was built', `rm -r ${means.box.runtime.directory}`)
  }
  try {
    await sweep(directory, runner)
    const { missing } = await look(means, directory, runner, [])
    const devices = await findDevices(means, directory, runner)
    const details = { ...base.details, walls: missing.length === 0 ? 'all' : `without ${missing.join(', ')}` }
    const hint = means.boxless?.hint ?? (missing.length > 0 ? hintForLimits : null)
    const tier = missing.length === 0 ? ('container' as const) : ('process' as const)
    return { ...base, healthy: true, reason: null, hint, tier, devices, details }
  } catch (error) {
    const hint = error instanceof BaseError ? error.hint : undefined
    return ill(
      error instanceof Error ? error.message : String(error),
      hint ?? 'node setup/os/main.mjs --check names what is missing',
    )
  }
}

export declare namespace fingerprint {
  type Options = {
    /** Pretend that Deno has this version. @default the real one */
    version?: string | undefined
  }
}

/** Takes away probes that an agent left when it was killed; their deadline has ended them. */
async function sweep(directory: string, runner: Runner): Promise<void> {
  const ids = await readdir(join(directory, 'tasks'))
  for (const taskId of ids.filter((id) => id.startsWith(probePrefix))) {
    const place = placeOf(directory, taskId)
    const plan = await readPlan(place)
    if (!plan || plan.task.deadlineUnixMs > Date.now()) continue
    await runner.remove({ driver: 'deno', taskId, state: {} })
    await rm(plan.task.directory, { recursive: true, force: true })
  }
}

/** One device a GPU that answers when it alone is granted; the processor where there is none. */
async function findDevices(means: Means, directory: string, runner: Runner): Promise<Device[]> {
  const devices: Device[] = []
  for (const { id } of means.gpus) {
    const slot = devices.length
    const { seen } = await look(means, directory, runner, [{ slot, kind: 'gpu', name: id, id }])
    if (isHardware(seen.adapter)) devices.push({ slot, kind: 'gpu', name: seen.adapter.description, id })
  }
  return devices.length > 0 ? devices : [{ slot: 0, kind: 'cpu', name: 'processor', id: 'cpu' }]
}

async function look(
  means: Means,
  directory: string,
  runner: Runner,
  devices: readonly Device[],
): Promise<{ seen: Seen; missing: string[] }> {
  const id = `${probePrefix}${randomUUID()}`
  const task: Task = {
    id,
    program: { driver: 'deno', entry: 'probe.ts', arguments: [] },
    // Not in the driver's own directory, which is closed to the workload's user.
    directory: await mkdtemp(join(tmpdir(), 'hotaru-probe-')),
    limits: { memoryBytes: 2 ** 30, diskBytes: 2 ** 24, processes: 128, cpus: 2 },
    devices,
    deadlineUnixMs: Date.now() + probeTimeoutMs,
  }
  await chmod(task.directory, 0o755)
  // It stays until it is removed, so that there is something to look at.
  await writeFile(
    join(task.directory, 'probe.ts'),
    `${probeScript}\nawait new Promise(() => setInterval(() => {}, 1e6))\n`,
  )
  try {
    const handle = await runner.start(task)
    const place = placeOf(directory, id)
    try {
      const seen = await readSeen(place, id)
      const [pid, plan] = [await findProgram(place), await readPlan(place)]
      return { seen, missing: plan ? await verifyWalls(means, plan, pid) : ['program'] }
    } finally {
      await runner.remove(handle)
    }
  } finally {
    await rm(task.directory, { recursive: true, force: true })
  }
}

async function readSeen(place: Place, id: string): Promise<Seen> {
  let output = ''
  let errors = ''
  for await (const { stream, bytes } of readLogs(place, id, { follow: true })) {
    if (stream === 'stdout') output += Buffer.from(bytes).toString()
    else errors += Buffer.from(bytes).toString()
    const seen = output.endsWith('\n') ? parseSeen(output) : undefined
    if (seen) return seen
  }
  throw new ProbeError({ printed: errors.trim().slice(-300) })
}

function detailsOf({ box, boxless, cgroups, deno, isRoot }: Means): Fingerprint['details'] {
  return {
    runtime: `sha256:${deno.sha256}`,
    box: box ? `bubblewrap ${box.version}` : 'none',
    seccomp: box?.filter !== undefined,
    cgroup: cgroups?.version ?? 'none',
    missing: boxless?.reason ?? 'nothing',
    user: isRoot ? 'one a workload' : 'the agent’s',
  }
}

/** Compares `2.10.0` and `2.9.6` number by number. */
function isOlder(version: string, than: string): boolean {
  const [a, b] = [version, than].map((text) => text.split(/[.+-]/).map(Number))
  for (let index = 0; index < 3; index++) {
    const [mine = 0, other = 0] = [a?.[index], b?.[index]]
    if (mine !== other) return !(mine > other)
  }
  return false
}

class ProbeError extends BaseError {
  override readonly name = 'Deno.ProbeError'

  constructor({ printed }: { printed: string }) {
    super(`Cannot run the probe: it printed "${printed}", expected one line about WebGPU`, {
      hint: 'node setup/os/main.mjs --check names what is missing',
    })
  }
}

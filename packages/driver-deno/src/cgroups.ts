import { randomUUID } from 'node:crypto'
import { mkdir, readFile, realpath, rmdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sleep } from '@hotaru/base/async'
import type { TaskLimits, Wall } from '@hotaru/driver'

/** Where control groups can be made here, one directory a controller (v1) or one for all (v2). */
export type Cgroups = { version: 'v1' | 'v2'; parents: Readonly<Record<Controller, string>> }

type Controller = 'memory' | 'pids' | 'cpu'

const controllers = ['memory', 'pids', 'cpu'] as const
const mount = '/sys/fs/cgroup'
/** The kernel's own period for processor shares, in microseconds. */
const periodUs = 100_000

/** Finds control groups that this process may make and enter; undefined where there are none, as for most users. */
export async function findCgroups(): Promise<Cgroups | undefined> {
  for (const find of [findV2, findV1]) {
    const cgroups = await find().catch(() => undefined)
    if (!cgroups) continue
    // Many drivers may look at once, in one process and in several.
    const name = `hotaru-probe-${randomUUID()}`
    try {
      await createCgroup(cgroups, name, { memoryBytes: 2 ** 30, diskBytes: 0, processes: 64, cpus: 1 })
      await removeCgroup(pathsOf(cgroups, name))
      return cgroups
    } catch {
      await removeCgroup(pathsOf(cgroups, name))
    }
  }
  return undefined
}

/** Makes the groups of one workload with its limits and gives their directories; a process enters all of them. */
export async function createCgroup(
  cgroups: Cgroups,
  name: string,
  limits: TaskLimits,
  options: { without?: readonly Wall[] | undefined } = {},
): Promise<readonly string[]> {
  const paths = pathsOf(cgroups, name)
  await removeCgroup(paths)
  for (const path of paths) await mkdir(path)
  const at = (controller: Controller, file: string) => join(cgroups.parents[controller], name, file)
  const { without = [] } = options
  if (!without.includes('memory')) await limitMemory(cgroups, at, limits.memoryBytes)
  if (!without.includes('processes')) await writeFile(at('pids', 'pids.max'), `${limits.processes}`)
  const quotaUs = Math.max(1_000, Math.round(limits.cpus * periodUs))
  if (cgroups.version === 'v2') await writeFile(at('cpu', 'cpu.max'), `${quotaUs} ${periodUs}`)
  else await writeFile(at('cpu', 'cpu.cfs_quota_us'), `${quotaUs}`)
  return paths
}

/** The file whose line `oom_kill N` tells how often the memory limit struck; empty when there is none. */
export function oomFileOf(paths: readonly string[]): string {
  const memory = paths.find((path) => path.startsWith(join(mount, 'memory')))
  if (memory) return join(memory, 'memory.oom_control')
  return paths[0] ? join(paths[0], 'memory.events') : ''
}

/** What the processes in the groups use now, and the processor time they ever used. */
export async function readUsage(paths: readonly string[]): Promise<readUsage.Usage> {
  const read = async (file: string) => {
    for (const path of paths) {
      const text = await readFile(join(path, file), 'utf8').catch(() => undefined)
      if (text !== undefined) return text
    }
    return ''
  }
  const cpuUs = /usage_usec (\d+)/.exec(await read('cpu.stat'))?.[1]
  const cpuMs = cpuUs ? Number(cpuUs) / 1e3 : Number(await read('cpuacct.usage')) / 1e6
  const memory = (await read('memory.current')) || (await read('memory.usage_in_bytes'))
  return { cpuMs, memoryBytes: Number(memory), processes: Number(await read('pids.current')) }
}

export declare namespace readUsage {
  type Usage = { cpuMs: number; memoryBytes: number; processes: number }
}

/** Removes groups; those that are already gone are fine. Waits a little for processes that are just ending. */
export async function removeCgroup(paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    for (let attempt = 0; attempt < 50; attempt++) {
      const code = await rmdir(path).then(
        () => undefined,
        (error: NodeJS.ErrnoException) => error.code,
      )
      if (code !== 'EBUSY') break
      await sleep(20)
    }
  }
}

/** Version 2, with the controllers we need. The root group and those that a service manager delegates may have children. */
async function findV2(): Promise<Cgroups> {
  const own = await ownPaths()
  const available = await readFile(join(mount, 'cgroup.controllers'), 'utf8')
  if (!controllers.every((name) => available.split(/\s/).includes(name))) throw new RangeError('controllers missing')
  const isRoot = process.getuid?.() === 0
  // A group with processes in it may not have limited children, so one beside our own is made.
  const parent = isRoot ? mount : join(mount, own.get('') ?? '', '..')
  await writeFile(join(parent, 'cgroup.subtree_control'), controllers.map((name) => `+${name}`).join(' ')).catch(
    () => {},
  )
  return { version: 'v2', parents: { memory: parent, pids: parent, cpu: parent } }
}

/** Version 1: below our own group of each controller, so that limits that hold for us hold for workloads too. */
async function findV1(): Promise<Cgroups> {
  const own = await ownPaths()
  const at = async (controller: Controller | 'cpuacct') => {
    const path = join(mount, controller, own.get(controller) ?? '')
    await stat(join(path, 'cgroup.procs'))
    return realpath(path)
  }
  return { version: 'v1', parents: { memory: await at('memory'), pids: await at('pids'), cpu: await at('cpu') } }
}

/** Our own group by controller; under the empty name that of version 2. See cgroups(7). */
async function ownPaths(): Promise<Map<string, string>> {
  const lines = (await readFile('/proc/self/cgroup', 'utf8')).trim().split('\n')
  return new Map(
    lines.flatMap((line) => {
      const [, names = '', path = ''] = /^\d+:([^:]*):(.*)$/.exec(line) ?? []
      return names.split(',').map((name) => [name, path] as const)
    }),
  )
}

function pathsOf({ parents }: Cgroups, name: string): string[] {
  return [...new Set(controllers.map((controller) => join(parents[controller], name)))]
}

async function limitMemory(
  { version }: Cgroups,
  at: (controller: Controller, file: string) => string,
  memoryBytes: number,
): Promise<void> {
  if (version === 'v2') {
    await writeFile(at('memory', 'memory.max'), `${memoryBytes}`)
    await writeFile(at('memory', 'memory.swap.max'), '0').catch(() => {})
    await writeFile(at('memory', 'memory.oom.group'), '1').catch(() => {})
    return
  }
  await writeFile(at('memory', 'memory.limit_in_bytes'), `${memoryBytes}`)
  // Only there when the kernel counts swap.
  await writeFile(at('memory', 'memory.memsw.limit_in_bytes'), `${memoryBytes}`).catch(() => {})
}

import { type ChildProcess, spawn } from 'node:child_process'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildCommand, environmentOf, userOf } from './buildCommand.ts'
import { oomFileOf } from './cgroups.ts'
import { closeInherited } from './closeInherited.ts'
import type { Place, Plan } from './Place.ts'
import type { PlainOrder } from './plainKeeper.ts'
import type { Box, Means } from './prepareMeans.ts'

const boxKeeper = fileURLToPath(new URL('./keeper.sh', import.meta.url))
const plainKeeper = fileURLToPath(new URL('./plainKeeper.ts', import.meta.url))
/** The longest a keeper may be asked to wait, so that its sums stay small: a hundred years. */
const longestMs = 100 * 365 * 86_400_000

/** Starts the keeper of a workload, which starts the workload and lives on without us. */
export async function spawnKeeper(means: Means, place: Place, plan: Plan, logLimitBytes: number): Promise<void> {
  const { program } = plan.task
  if (program.driver !== 'deno') return
  const command = buildCommand(means, plan.task, program.entry, program.arguments)
  const keeper = means.box
    ? await spawnBoxKeeper(means, means.box, place, plan, command, logLimitBytes)
    : await spawnPlainKeeper(means, place, plan, command, logLimitBytes)
  keeper.unref()
  await new Promise((resolve, reject) => keeper.once('spawn', resolve).once('error', reject))
}

async function spawnBoxKeeper(
  { without }: Means,
  box: Box,
  place: Place,
  { task, cgroups }: Plan,
  command: readonly string[],
  logLimitBytes: number,
): Promise<ChildProcess> {
  const leftMs = without.includes('deadline') ? longestMs : Math.min(task.deadlineUnixMs - Date.now(), longestMs)
  const [uptime = '0'] = (await readFile('/proc/uptime', 'utf8')).split(' ')
  return spawn('/bin/sh', [boxKeeper, place.directory, ...command], {
    detached: true,
    stdio: without.includes('files') ? 'ignore' : closeInherited(['ignore', 'ignore', 'ignore']),
    cwd: '/',
    env: {
      ...(without.includes('environment') ? process.env : {}),
      PATH: '/usr/bin:/bin',
      DIRECTORY: task.directory,
      DEADLINE_CS: `${Math.round((Number(uptime) * 1000 + leftMs) / 10)}`,
      DISK_KB: `${without.includes('disk') ? Number.MAX_SAFE_INTEGER : Math.ceil(task.limits.diskBytes / 1024)}`,
      LOG_BYTES: `${logLimitBytes}`,
      CGROUPS: cgroups.join(' '),
      OOM: oomFileOf(cgroups),
      FILTER: box.filter ?? '/dev/null',
    },
  })
}

async function spawnPlainKeeper(
  { without, isRoot }: Means,
  place: Place,
  { task }: Plan,
  command: readonly string[],
  logLimitBytes: number,
): Promise<ChildProcess> {
  const home = join(place.directory, 'home')
  await mkdir(home)
  const unless = (wall: Means['without'][number], value: number) => (without.includes(wall) ? null : value)
  const order: PlainOrder = {
    state: place.directory,
    directory: task.directory,
    command,
    environment: { ...(without.includes('environment') ? definedOnly(process.env) : {}), ...environmentOf(home, task) },
    user: isRoot ? userOf(task.id) : null,
    deadlineUnixMs: unless('deadline', task.deadlineUnixMs),
    diskBytes: unless('disk', task.limits.diskBytes),
    memoryBytes: unless('memory', task.limits.memoryBytes),
    logBytes: logLimitBytes,
  }
  return spawn(process.execPath, [plainKeeper, JSON.stringify(order)], {
    detached: true,
    stdio: closeInherited(['ignore', 'ignore', 'ignore']),
    windowsHide: true,
    env: {},
  })
}

function definedOnly(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(Object.entries(environment).flatMap(([name, value]) => (value ? [[name, value]] : [])))
}

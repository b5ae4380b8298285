import { createHash } from 'node:crypto'
import { readdirSync } from 'node:fs'
import type { Task } from '@hotaru/driver'
import type { Box, Means } from './prepareMeans.ts'

/** Where a workload sees its own directory when it is in a box. */
const inside = '/workload'
const fd = { status: '3', filter: '9' }

const mebibyte = 2 ** 20
/** What V8 reserves at its start and hardly uses, measured with Deno 2.9.6: a lower limit of data does not let it run. */
const reservedBytes = 560 * mebibyte

/**
 * The command that runs a script of the task's directory, or `-` for one on its input, inside its walls.
 *
 * Outside of a box the caller has to set the working directory, the environment (`environmentOf`) and the user.
 */
export function buildCommand(means: Means, task: Task, script: string, scriptArguments: readonly string[]): string[] {
  const { box } = means
  const directory = box ? inside : task.directory
  // With its whole path a script is never taken for an option or an address.
  const path = script === '-' ? script : `${directory}/${script}`
  const program = [...denoCommand(means, task), path, ...scriptArguments]
  if (!box) return program
  return [box.path, ...boxArguments(means, box, task), '--', ...dropRights(means, task), ...program]
}

/** The whole environment of a workload: what the agent has in its own never gets in. */
export function environmentOf(home: string, task: Task): Record<string, string> {
  return {
    HOME: home,
    TMPDIR: home,
    DENO_DIR: `${home}/deno`,
    DENO_NO_UPDATE_CHECK: '1',
    NO_COLOR: '1',
    LANG: 'C.UTF-8',
    // Else Mesa's software renderer starts a thread for every processor of the host.
    LP_NUM_THREADS: `${Math.max(1, Math.ceil(task.limits.cpus))}`,
  }
}

/** The user that runs a task where the agent is the administrator: one a task, far above those that systems give out. */
export function userOf(taskId: string): number {
  return 1_900_000_000 + (createHash('sha256').update(taskId).digest().readUInt32BE() % 100_000_000)
}

function denoCommand({ box, deno, without }: Means, { limits }: Task): string[] {
  const permissions = without.includes('permissions') ? ['--allow-all'] : ['--allow-read=.', '--allow-write=.']
  const heapMebibytes = Math.max(16, Math.floor(limits.memoryBytes / mebibyte))
  return [
    box ? `${root(without)}${box.runtime.deno}` : deno.path,
    'run',
    '--no-prompt',
    '--no-remote',
    '--no-npm',
    '--cached-only',
    '--no-config',
    '--no-lock',
    '--unstable-webgpu',
    ...(without.includes('memory') ? [] : [`--v8-flags=--max-old-space-size=${heapMebibytes}`]),
    ...permissions,
  ]
}

function boxArguments(means: Means, box: Box, task: Task): string[] {
  const { without, isRoot } = means
  const has = (wall: Means['without'][number]) => !without.includes(wall)
  return [
    ...['--unshare-pid', '--unshare-ipc', '--unshare-uts', '--unshare-cgroup-try'],
    ...['--new-session', '--die-with-parent', '--hostname', 'hotaru'],
    ...(has('network') ? ['--unshare-net'] : []),
    ...(isRoot ? rootRights(has('privileges')) : ['--unshare-user', '--uid', '65534', '--gid', '65534']),
    ...(has('environment') ? ['--clearenv'] : []),
    ...Object.entries(environmentOf('/tmp', task)).flatMap(([name, value]) => ['--setenv', name, value]),
    ...(has('files') ? ['--ro-bind', box.runtime.directory, '/'] : hostRoot(box)),
    ...['--proc', '/proc', '--dev', '/dev'],
    // In memory, so it counts as the task's; at most half, so that a full one says so before the kernel strikes.
    ...(has('files')
      ? ['--perms', '1777', '--size', `${Math.floor(task.limits.memoryBytes / 2)}`, '--tmpfs', '/tmp']
      : []),
    ...deviceArguments(means, task),
    ...['--bind', task.directory, inside, '--chdir', inside],
    ...['--json-status-fd', fd.status],
    ...(has('syscalls') && box.filter ? ['--seccomp', fd.filter] : []),
  ]
}

/** What `setpriv` needs to become the workload's user; nothing of it is left after. */
function rootRights(wall: boolean): string[] {
  if (!wall) return ['--cap-add', 'ALL']
  return ['--cap-drop', 'ALL', ...['CAP_SETUID', 'CAP_SETGID', 'CAP_SETPCAP'].flatMap((right) => ['--cap-add', right])]
}

/** Device files of the granted GPUs alone: WebGPU asks no permission, so what must not be used must not be there. */
function deviceArguments({ gpus }: Means, { devices }: Task): string[] {
  const granted = gpus.filter((gpu) => devices.some((device) => device.id === gpu.id))
  if (granted.length === 0) return []
  const facts = new Set(granted.flatMap((gpu) => gpu.facts))
  const nodes = new Set(granted.flatMap((gpu) => gpu.nodes))
  return [
    ...['--tmpfs', '/sys'],
    ...[...facts].flatMap((path) => ['--ro-bind-try', path, path]),
    ...[...nodes].flatMap((path) => ['--dev-bind-try', path, path]),
  ]
}

/** Becomes the workload's user, takes off every right, and sets limits that hold even without control groups. */
function dropRights({ box, isRoot, without, cgroups }: Means, { id, limits }: Task): string[] {
  if (!box?.runtime.tools) return []
  const user = `${userOf(id)}`
  const become = ['--reuid', user, '--regid', user, '--clear-groups', '--bounding-set=-all', '--inh-caps=-all']
  const caps = [
    '--core=0',
    ...(without.includes('disk') ? [] : [`--fsize=${limits.diskBytes}`]),
    ...(without.includes('processes') ? [] : [`--nproc=${limits.processes}`]),
    // Without control groups it is all there is against a program that takes memory outside of its heap.
    ...(without.includes('memory') || cgroups ? [] : [`--data=${limits.memoryBytes + reservedBytes}`]),
  ]
  return [
    ...(isRoot && !without.includes('privileges') ? [`${root(without)}/bin/setpriv`, ...become, '--no-new-privs'] : []),
    ...[`${root(without)}/bin/prlimit`, ...caps],
  ]
}

/** Only for tests that take the wall of files away: the host as it is, read-only, with the runtime beside it. */
function hostRoot(box: Box): string[] {
  const names = readdirSync('/').filter((name) => !['proc', 'dev', 'workload', 'runtime'].includes(name))
  return [
    ...names.flatMap((name) => ['--ro-bind-try', `/${name}`, `/${name}`]),
    ...['--ro-bind', box.runtime.directory, '/runtime'],
  ]
}

function root(without: Means['without']): string {
  return without.includes('files') ? '/runtime' : ''
}

import { execFile } from 'node:child_process'
import { mkdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Wall } from '@hotaru/driver'
import { buildRuntime, type Runtime } from './buildRuntime.ts'
import { buildSeccompFilter } from './buildSeccompFilter.ts'
import { type Cgroups, findCgroups } from './cgroups.ts'
import { type Deno, findDeno } from './findDeno.ts'
import { findGpus, type Gpu } from './findGpus.ts'
import { findVulkan } from './findVulkan.ts'
import { replaceFile } from './replaceFile.ts'

/** Everything this machine has to run workloads with, found once and used by every start. */
export type Means = {
  deno: Deno
  /** bubblewrap and the root it shows; undefined where workloads run with Deno's own permissions only. */
  box: Box | undefined
  /** Why there is no box, and what mends it. */
  boxless: { reason: string; hint: string } | undefined
  cgroups: Cgroups | undefined
  gpus: readonly Gpu[]
  /** Whether the agent is the administrator: then every workload gets a user of its own. */
  isRoot: boolean
  without: readonly Wall[]
}

export type Box = { path: string; version: string; runtime: Runtime; filter: string | undefined }

/** Finds Deno, builds its runtime, and tries the box once for real. Throws `Deno.NotFoundError`. */
export async function prepareMeans(directory: string, options: prepareMeans.Options = {}): Promise<Means> {
  const { denoPath, without = [] } = options
  await mkdir(join(directory, 'tasks'), { recursive: true, mode: 0o700 })
  const [deno, gpus] = await Promise.all([findDeno(join(directory, 'deno.json'), { path: denoPath }), findGpus()])
  const shared = { deno, gpus, isRoot: process.getuid?.() === 0, without }
  if (process.platform !== 'linux') {
    const boxless = {
      reason: `there is no box for "${process.platform}"`,
      hint: 'use a Linux machine for strong walls',
    }
    return { ...shared, box: undefined, boxless, cgroups: undefined }
  }
  if (options.box === 'none') {
    const boxless = { reason: 'the box was switched off', hint: 'leave out the option "box"' }
    return { ...shared, box: undefined, boxless, cgroups: undefined }
  }
  const path = await findBubblewrap()
  if (!path) {
    const boxless = { reason: 'bubblewrap is not installed', hint: 'sudo apt-get install bubblewrap' }
    return { ...shared, box: undefined, boxless, cgroups: undefined }
  }
  const runtime = await buildRuntime(join(directory, 'runtimes'), deno, await findVulkan({ gpu: gpus.length > 0 }))
  const trial = await tryBox(path, runtime)
  if (trial !== null) {
    const hint = 'allow user namespaces: sysctl kernel.apparmor_restrict_unprivileged_userns=0, or an AppArmor profile'
    return {
      ...shared,
      box: undefined,
      boxless: { reason: `bubblewrap does not work: ${trial}`, hint },
      cgroups: undefined,
    }
  }
  const { stdout } = await promisify(execFile)(path, ['--version'], { env: {} })
  const [filter, cgroups] = await Promise.all([writeFilter(directory), findCgroups()])
  const version = stdout.trim().split(' ').at(-1) ?? 'unknown'
  return { ...shared, box: { path, version, runtime, filter }, boxless: undefined, cgroups }
}

export declare namespace prepareMeans {
  type Options = {
    denoPath?: string | undefined
    without?: readonly Wall[] | undefined
    box?: 'auto' | 'none' | undefined
  }
}

async function findBubblewrap(): Promise<string | undefined> {
  for (const path of ['/usr/bin/bwrap', '/usr/local/bin/bwrap', '/bin/bwrap']) {
    if (await stat(path).catch(() => undefined)) return path
  }
  return undefined
}

/** Whether a program starts in a box at all; the reason when not. */
async function tryBox(path: string, runtime: Runtime): Promise<string | null> {
  const box = ['--unshare-all', '--ro-bind', runtime.directory, '/', '--proc', '/proc', '--dev', '/dev']
  try {
    await promisify(execFile)(path, [...box, '--', runtime.deno, '--version'], { env: {} })
    return null
  } catch (error) {
    const text = error instanceof Error ? (error.message.trim().split('\n').at(-1) ?? '') : String(error)
    return text.slice(0, 200)
  }
}

async function writeFilter(directory: string): Promise<string | undefined> {
  const filter = buildSeccompFilter(process.arch)
  if (!filter) return undefined
  const path = join(directory, 'seccomp.bpf')
  await replaceFile(path, filter)
  return path
}

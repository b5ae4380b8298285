import { lchown, lstat, mkdir, readdir, readFile, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { sleep } from '@hotaru/base/async'
import { type Handle, StartError, type Task } from '@hotaru/driver'
import type { Exit } from '@hotaru/protocol'
import { userOf } from './buildCommand.ts'
import { createCgroup, removeCgroup } from './cgroups.ts'
import { findProgram } from './findProgram.ts'
import { type Place, readExit, readHandle, writePlan } from './Place.ts'
import type { Means } from './prepareMeans.ts'
import { isPlain, tellToEnd } from './processes.ts'
import { spawnKeeper } from './spawnKeeper.ts'

/** A box and Deno take some hundredths of a second; a machine that swaps may take a while. */
const startTimeoutMs = 20_000
/**
 * Starts a task under a keeper that lives on without us, and resolves when Deno itself runs.
 *
 * A place that is already taken is that of the same task: its handle is given.
 * @throws `Driver.StartError`
 */
export async function startWorkload(
  means: Means,
  place: Place,
  task: Task,
  options: startWorkload.Options,
): Promise<Handle> {
  await check(means, task)
  if (!(await take(place))) return adopt(place, task)
  const name = `hotaru-${options.group}-${task.id}`
  const { without } = means
  let cgroups: readonly string[] = []
  try {
    if (means.cgroups) cgroups = await createCgroup(means.cgroups, name, task.limits, { without })
    await writePlan(place, { task, cgroups })
    if (means.isRoot) await giveAway(task.directory, without.includes('privileges') ? 0 : userOf(task.id))
    await spawnKeeper(means, place, { task, cgroups }, options.logLimitBytes)
    return await untilItRuns(place, task.id)
  } catch (cause) {
    const printed = await readFile(place.stderr, 'utf8').catch(() => '')
    const handle = await readHandle(place, task.id)
    if (handle) await endKeeper(handle)
    await removeCgroup(cgroups)
    await rm(place.directory, { recursive: true, force: true })
    if (cause instanceof StartError) throw cause
    throw new StartError({ driver: 'deno', reason: lastLine(printed) || lastLine(String(cause)), cause })
  }
}

export declare namespace startWorkload {
  type Options = {
    /** Part of the names of control groups, so that two drivers of one machine stay apart. */
    group: string
    logLimitBytes: number
  }
}

async function check(means: Means, { id, program, directory, devices }: Task): Promise<void> {
  const refuse = (reason: string): never => {
    throw new StartError({ driver: 'deno', reason, facts: { taskId: id } })
  }
  if (!/^[a-z0-9-]{1,63}$/.test(id)) refuse(`the id "${id}" is not one`)
  if (program.driver !== 'deno') return refuse(`its program is for driver "${program.driver}"`)
  if (!(await stat(directory).catch(() => undefined))?.isDirectory()) refuse(`"${directory}" is not a directory`)
  const parts = program.entry.split('/')
  if (parts.includes('..') || parts.includes('')) refuse(`the entry "${program.entry}" is not inside the directory`)
  if (!(await lstat(join(directory, program.entry)).catch(() => undefined))?.isFile()) {
    refuse(`the entry "${program.entry}" is not a file`)
  }
  // Deno checks the path of a link, not where it leads: without a box it would lead out.
  if (!means.box && (await hasLink(directory))) refuse('its directory has a link in it, and there is no box here')
  const missing = devices.find(({ kind, id }) => kind === 'gpu' && !means.gpus.some((gpu) => gpu.id === id))
  if (missing) refuse(`the device "${missing.name}" is not on this machine`)
}

async function hasLink(directory: string): Promise<boolean> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true })
  return entries.some((entry) => entry.isSymbolicLink())
}

/** Making the directory is the lock: of two who start one id, one gets it. */
async function take(place: Place): Promise<boolean> {
  try {
    await mkdir(place.directory, { mode: 0o700 })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/** The handle of what is there; when an agent died before its keeper began, the place is freed for another try. */
async function adopt(place: Place, task: Task): Promise<Handle> {
  for (let waitedMs = 0; waitedMs < startTimeoutMs; waitedMs += 20) {
    const handle = await readHandle(place, task.id)
    if (handle) return untilItRuns(place, task.id)
    await sleep(20)
  }
  await rm(place.directory, { recursive: true, force: true })
  throw new StartError({ driver: 'deno', reason: 'an earlier start of it was cut off', hint: 'start it again' })
}

/** Makes a directory the workload's own. Links are changed themselves, never what they point to. */
async function giveAway(path: string, user: number): Promise<void> {
  await lchown(path, user, user)
  if (!(await lstat(path)).isDirectory()) return
  for (const name of await readdir(path)) await giveAway(join(path, name), user)
}

async function untilItRuns(place: Place, taskId: string): Promise<Handle> {
  const untilMs = performance.now() + startTimeoutMs
  let exit: Exit | undefined
  while (!exit && performance.now() < untilMs) {
    exit = await readExit(place)
    const handle = await readHandle(place, taskId)
    // A workload whose deadline came before it could run has still had its turn.
    const over = exit && (exit.reason === 'deadline' || (await hasRun(place)))
    if (handle && (over || (await isRunning(place, handle)))) return handle
    await sleep(2)
  }
  const printed = await readFile(place.stderr, 'utf8').catch(() => '')
  const silence = exit ? 'the box ended at once' : `nothing ran after ${startTimeoutMs} ms`
  throw new StartError({ driver: 'deno', reason: lastLine(printed) || silence })
}

async function isRunning(place: Place, handle: Handle): Promise<boolean> {
  if (!isPlain(handle)) return (await findProgram(place)) !== undefined
  return (await readFile(place.box, 'utf8').catch(() => '')).endsWith('\n')
}

/** bubblewrap tells an exit code only of a program that was executed, not of a box that could not be built. */
async function hasRun(place: Place): Promise<boolean> {
  const status = await readFile(place.status, 'utf8').catch(() => undefined)
  if (status !== undefined) return status.includes('"exit-code"')
  return (await readFile(place.box, 'utf8').catch(() => '')).endsWith('\n')
}

/** Asks again until it is gone: the first time may be before the keeper knows what to end. */
async function endKeeper(handle: Handle): Promise<void> {
  while (await tellToEnd(handle)) await sleep(50)
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1)?.slice(0, 300) ?? ''
}

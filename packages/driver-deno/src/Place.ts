import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Handle, Task } from '@hotaru/driver'
import { type Exit, exitSchema } from '@hotaru/protocol'

/** The files that the driver keeps of one workload. Whoever finds the directory can take up the workload. */
export type Place = {
  directory: string
  /** What was started, as `Plan`. */
  plan: string
  /** Process id, start time and boot of the keeper, written by it before anything runs. */
  keeper: string
  /** Process id of the box, or of the program where there is none. */
  box: string
  /** What bubblewrap says of itself. */
  status: string
  stdout: string
  stderr: string
  /** There when somebody asked for the end. */
  stopping: string
  /** How it ended, written whole or not at all. */
  exit: string
}

/** What a restarted driver must know of a workload beyond its handle. */
export type Plan = { task: Task; cgroups: readonly string[] }

export function placeOf(driverDirectory: string, taskId: string): Place {
  const directory = join(driverDirectory, 'tasks', taskId)
  const at = (name: string) => join(directory, name)
  return {
    directory,
    plan: at('plan.json'),
    keeper: at('keeper'),
    box: at('box'),
    status: at('status.json'),
    stdout: at('stdout'),
    stderr: at('stderr'),
    stopping: at('stopping'),
    exit: at('exit.json'),
  }
}

/** The handle of the workload in a place; undefined before its keeper has begun. */
export async function readHandle(place: Place, taskId: string): Promise<Handle | undefined> {
  const line = await readFile(place.keeper, 'utf8').catch(() => '')
  const [pid, startTicks, boot] = line.trim().split(' ')
  if (!line.endsWith('\n') || !pid || !startTicks || !boot) return undefined
  return { driver: 'deno', taskId, state: { pid: Number(pid), startTicks, boot } }
}

/** How the workload in a place ended; undefined while it has not. */
export async function readExit(place: Place): Promise<Exit | undefined> {
  const text = await readFile(place.exit, 'utf8').catch(() => undefined)
  return text === undefined ? undefined : exitSchema.parse(JSON.parse(text))
}

export async function writePlan(place: Place, plan: Plan): Promise<void> {
  await writeFile(place.plan, JSON.stringify(plan))
}

/** Undefined when nothing is known of the workload. */
export async function readPlan(place: Place): Promise<Plan | undefined> {
  const text = await readFile(place.plan, 'utf8').catch(() => undefined)
  return text === undefined ? undefined : JSON.parse(text)
}

import { writeFile } from 'node:fs/promises'
import { sleep } from '@hotaru/base/async'
import type { Handle } from '@hotaru/driver'
import { findProgram } from './findProgram.ts'
import type { Place } from './Place.ts'
import { askToEnd, isKeeperAlive, tellToEnd } from './processes.ts'
import { findExit, watchPlace } from './watchPlace.ts'

/** How long a keeper may take to end a box before it is told again: at first it may not know yet what to end. */
const tellAgainMs = 200

/**
 * Asks the program to end (SIGTERM), after `graceMs` has its keeper end the whole box, and resolves when all of it is
 * gone. Safe to repeat, also at once.
 */
export async function stopWorkload(place: Place, handle: Handle, graceMs: number): Promise<void> {
  if (await findExit(place, handle.taskId)) return untilGone(handle)
  await writeFile(place.stopping, '')
  if (graceMs > 0 && (await askToEnd(handle, await findProgram(place)))) {
    if (await hasEnded(place, handle, graceMs)) return untilGone(handle)
  }
  do await tellToEnd(handle)
  while (!(await hasEnded(place, handle, tellAgainMs)))
  await untilGone(handle)
}

/** A keeper goes a moment after its last word. */
async function untilGone(handle: Handle): Promise<void> {
  while (await isKeeperAlive(handle)) await sleep(5)
}

async function hasEnded(place: Place, handle: Handle, withinMs: number): Promise<boolean> {
  const signal = AbortSignal.timeout(withinMs)
  try {
    for await (const _ of watchPlace(place, signal)) if (await findExit(place, handle.taskId)) return true
    return false
  } catch (error) {
    if (signal.aborted) return false
    throw error
  }
}

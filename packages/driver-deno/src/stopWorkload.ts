import { writeFile } from 'node:fs/promises'
import type { Handle } from '@hotaru/driver'
import { findProgram } from './findProgram.ts'
import type { Place } from './Place.ts'
import { sendSignal, signalKeeper } from './processes.ts'
import { findExit, watchPlace } from './watchPlace.ts'

/** How long a keeper may take to end a box before it is told again: at first it may not know yet what to end. */
const tellAgainMs = 200

/**
 * Asks the program to end (SIGTERM), after `graceMs` has its keeper end the whole box, and resolves when all of it is
 * gone. Safe to repeat, also at once.
 */
export async function stopWorkload(place: Place, handle: Handle, graceMs: number): Promise<void> {
  if (await findExit(place, handle.taskId)) return
  await writeFile(place.stopping, '')
  const program = await findProgram(place)
  if (graceMs > 0 && program !== undefined) {
    sendSignal(program, 'SIGTERM')
    if (await hasEnded(place, handle, graceMs)) return
  }
  do await signalKeeper(handle, 'SIGTERM')
  while (!(await hasEnded(place, handle, tellAgainMs)))
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

import { watch } from 'node:fs'
import type { Exit } from '@hotaru/protocol'
import { type Place, readExit, readHandle } from './Place.ts'
import { isKeeperAlive } from './processes.ts'

/** Looks again this often even when the system reports no change: it does not for a keeper that was killed. */
const lookAgainMs = 500

/**
 * Yields whenever something may have changed in a workload's place, at first at once; throws the signal's reason.
 *
 * @example
 * for await (const _ of watchPlace(place)) if (await readExit(place)) break
 */
export async function* watchPlace(place: Place, signal?: AbortSignal | undefined): AsyncGenerator<void> {
  let wake = Promise.withResolvers<void>()
  const onChange = () => wake.resolve()
  const watcher = openWatcher(place, onChange)
  const timer = setInterval(onChange, lookAgainMs)
  signal?.addEventListener('abort', onChange)
  try {
    for (;;) {
      signal?.throwIfAborted()
      yield
      await wake.promise
      wake = Promise.withResolvers()
    }
  } finally {
    watcher?.close()
    clearInterval(timer)
    signal?.removeEventListener('abort', onChange)
  }
}

/** How a workload ended; undefined while it runs. `lost` when its keeper is gone without a word. */
export async function findExit(place: Place, taskId: string): Promise<Exit | undefined> {
  const exit = await readExit(place)
  if (exit) return exit
  const handle = await readHandle(place, taskId)
  if (handle && (await isKeeperAlive(handle))) return undefined
  // The keeper may have written its last word between the two looks.
  return (await readExit(place)) ?? { code: null, reason: 'lost' }
}

function openWatcher(place: Place, onChange: () => void) {
  try {
    const watcher = watch(place.directory, onChange)
    watcher.on('error', onChange)
    return watcher
  } catch {
    // No more watchers to be had, or no such place: the timer alone will do.
    return undefined
  }
}

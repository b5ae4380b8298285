import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { Clock } from '@hotaru/base'

/**
 * Gives the memory that start-up took back to the owner's machine, once, when it is over: an idle process allocates too
 * little for the collector to wake by itself for hours. It takes some 50 ms.
 *
 * @returns A function that calls it off.
 */
export function giveBackMemory(clock: Clock): () => void {
  return clock.after(startUpIsOverMs, () => {
    setFlagsFromString('--expose-gc')
    const collect: unknown = runInNewContext('gc')
    if (typeof collect === 'function') collect()
  })
}

/** Registration, driver tests and the first audit take about this long on a slow machine. */
const startUpIsOverMs = 10_000

import type { ManualClock } from '@hotaru/base'
import type { Backend } from '../../src/Backend.ts'
import { createPacedBackend, type Device } from '../../src/testing/index.ts'
import { makeCell } from '../../src/walk/lane.ts'
import { walkLanes } from '../../src/walk/walkLanes.ts'
import { stepsOf } from '../../src/walk/walkSize.ts'

/**
 * A device that holds a share of its cells and makes the others when they are read, while it reads those that it has: the
 * clock moves on by the longer of the two.
 *
 * @param slowing Its fill takes so many times longer than the whole memory would: a faster one would give it away.
 */
export function createCachingBackend(
  device: Device,
  { clock, held, slowing }: { clock: Pick<ManualClock, 'advance'>; held: number; slowing: number },
): Backend {
  const paced = createPacedBackend(device, clock)
  return {
    ...paced,
    async fill(key, { cells, hashes }) {
      clock.advance(((slowing * cells * hashes) / device.hashesPerSecond) * 1000)
      const all = Array.from({ length: cells }, (_, index) => makeCell(key, index, hashes))
      return {
        async walk(nonce, length) {
          let made = 0
          const walk = walkLanes({ key, nonce }, { cells, ...length }, (index) => {
            if (index >= held * cells) made++
            return all[index] as Uint8Array
          })
          const readSeconds = (stepsOf(length) - made) / device.readsPerSecond
          clock.advance(1000 * Math.max(readSeconds, (made * hashes) / device.hashesPerSecond))
          return walk
        },
        free: async () => {},
      }
    },
  }
}

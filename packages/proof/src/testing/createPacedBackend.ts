import type { ManualClock } from '@hotaru/base'
import type { Backend } from '../Backend.ts'
import { createReferenceBackend } from '../referenceBackend.ts'
import { stepsOf } from '../walk/walkSize.ts'

/** What a device can do, as a clock shows it. */
export type Device = { multiplyAddsPerSecond: number; hashesPerSecond: number; readsPerSecond: number }

/**
 * A device of a stated speed: it does the work for real, and a clock that stands still otherwise moves on by what the
 * device would have needed. Two back ends over one clock are one device that two share.
 */
export function createPacedBackend(device: Device, clock: Pick<ManualClock, 'advance'>): Backend {
  const inner = createReferenceBackend()
  const take = (amount: number, perSecond: number) => clock.advance((amount / perSecond) * 1000)
  return {
    ...inner,
    name: 'paced',
    async productRoot(state, n) {
      take(n ** 3, device.multiplyAddsPerSecond)
      return inner.productRoot(state, n)
    },
    async fill(key, size) {
      take(size.cells * size.hashes, device.hashesPerSecond)
      const memory = await inner.fill(key, size)
      return {
        ...memory,
        async walk(nonce, length) {
          take(stepsOf(length), device.readsPerSecond)
          return memory.walk(nonce, length)
        },
      }
    },
  }
}

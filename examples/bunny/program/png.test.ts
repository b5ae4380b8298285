import fc from 'fast-check'
import { expect, test } from 'vitest'
import { decodePng } from '../decodePng.ts'
import { encodePng } from './png.ts'

test('any picture comes back, pixel for pixel', async () => {
  const size = fc.integer({ min: 1, max: 12 })
  const picture = fc.tuple(size, size).chain(([width, height]) =>
    fc.record({
      width: fc.constant(width),
      height: fc.constant(height),
      rgb: fc.uint8Array({ minLength: width * height * 3, maxLength: width * height * 3 }),
    }),
  )
  await fc.assert(
    fc.asyncProperty(picture, async ({ width, height, rgb }) => {
      expect(await decodePng(await encodePng(width, height, Uint8Array.from(rgb)))).toEqual({ width, height, rgb })
    }),
    { numRuns: 50 },
  )
})

test('the chunks carry the checksums that other readers ask for', async () => {
  const file = await encodePng(1, 1, Uint8Array.of(1, 2, 3))
  const end = Array.from(file.subarray(-12), (byte) => byte.toString(16).padStart(2, '0')).join('')
  // The empty last chunk is the same in every PNG of the world.
  expect(end).toBe('0000000049454e44ae426082')
})

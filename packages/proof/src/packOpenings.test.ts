import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toHex } from './hex.ts'
import { packOpenings, unpackOpenings } from './packOpenings.ts'

const hexOf = (size: fc.SizeForArbitrary | { minLength?: number; maxLength?: number }) =>
  fc.uint8Array(size as { minLength?: number; maxLength?: number }).map(toHex)
const opening = fc.record({
  leaf: hexOf({ maxLength: 600 }),
  leafPath: fc.array(hexOf({ minLength: 32, maxLength: 32 }), { maxLength: 22 }),
})

test('what is packed comes out the same', () => {
  fc.assert(
    fc.property(fc.array(opening, { maxLength: 8 }), (openings) => {
      expect(unpackOpenings(packOpenings(openings), openings.length)).toEqual(openings)
    }),
  )
})

test('bytes cut short, too long or of another count are not openings', () => {
  fc.assert(
    fc.property(fc.array(opening, { minLength: 1, maxLength: 4 }), fc.nat(), (openings, any) => {
      const bytes = packOpenings(openings)
      expect(unpackOpenings(bytes.subarray(0, any % bytes.length), openings.length)).toBeUndefined()
      expect(unpackOpenings(Uint8Array.of(...bytes, 0), openings.length)).toBeUndefined()
      expect(unpackOpenings(bytes, openings.length + 1)).toBeUndefined()
    }),
  )
})

test('any bytes are read without a throw, and nothing larger than they are comes out', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 4096 }), fc.nat(64), (bytes, count) => {
      const openings = unpackOpenings(bytes, count)
      if (openings) expect(packOpenings(openings)).toEqual(bytes)
    }),
  )
})

import { expect, test } from 'vitest'
import { decodeDigits, encodeDigits, pixels, type Split } from './digits.ts'

const split: Split = {
  train: { labels: Uint8Array.of(3, 1), images: new Uint8Array(2 * pixels).map((_, index) => index % 251) },
  heldOut: { labels: Uint8Array.of(9), images: new Uint8Array(pixels).fill(7) },
}

test('what was written is read', () => {
  expect(decodeDigits(encodeDigits(split))).toEqual(split)
})

test('a file that is short or foreign is refused', () => {
  const bytes = encodeDigits(split)
  expect(() => decodeDigits(bytes.slice(0, 5))).toThrow('it has 5 bytes, expected at least 12')
  expect(() => decodeDigits(bytes.slice(0, -1))).toThrow(`it has ${bytes.length - 1} bytes, expected ${bytes.length}`)
  expect(() => decodeDigits(new Uint8Array(bytes.length))).toThrow('expected "HDIG"')
})

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { makeEntry, makeRow, multiply } from './matrix.ts'

const state = new Uint8Array(32).fill(7)

test.each([16, 32, 64])('the product is the plain matrix product, n = %i', (n) => {
  const product = multiply(state, n)
  fc.assert(
    fc.property(fc.nat(n - 1), fc.nat(n - 1), (row, column) => {
      const [a, b] = [makeRow(state, 0, row, n), makeRow(state, 1, column, n)]
      const plain = a.reduce((sum, entry, k) => sum + entry * (b[k] ?? 0), 0)
      expect(product[row * n + column]).toBe(plain)
      expect(makeEntry(state, { row, column }, n)).toBe(plain)
    }),
  )
})

test('entries are 7 bits, and a row of 16 is the first half of a row of 32', () => {
  const row = makeRow(state, 1, 5, 32)
  expect(Math.max(...row)).toBeLessThan(128)
  expect(makeRow(state, 1, 5, 16)).toEqual(row.subarray(0, 16))
})

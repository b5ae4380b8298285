import fc from 'fast-check'
import { expect, test } from 'vitest'
import { answerChallenge, findFault } from './challenge.ts'
import { makeRow, multiply } from './matrix.ts'

const size = { n: 32, rounds: 2 }
const seed = fc.uint8Array({ minLength: 32, maxLength: 32 })
const toHex = (bytes: Uint8Array) => `0x${Buffer.from(bytes).toString('hex')}`

test('an honest answer has no fault, and answers of other seeds have', () => {
  fc.assert(
    fc.property(seed, seed, (a, b) => {
      const answer = answerChallenge(toHex(a), size)
      expect(findFault(toHex(a), answer, size)).toBeUndefined()
      if (toHex(a) !== toHex(b)) expect(findFault(toHex(b), answer, size)).toBeTypeOf('string')
    }),
    { numRuns: 10 },
  )
})

test('any single changed root is found, at its round', () => {
  const start = `0x${'01'.repeat(32)}`
  const { roots } = answerChallenge(start, size)
  for (const round of roots.keys()) {
    const forged = roots.with(round, `0x${'00'.repeat(32)}`)
    expect(findFault(start, { roots: forged }, size)).toBe(`round ${round} has another root`)
  }
})

test('whatever a peer sends is judged, never thrown on', () => {
  fc.assert(fc.property(fc.anything(), (junk) => typeof findFault(`0x${'02'.repeat(32)}`, junk, size) === 'string'))
})

test('the product is the plain matrix product', () => {
  const state = new Uint8Array(32).fill(7)
  const product = multiply(state, 32)
  fc.assert(
    fc.property(fc.nat(31), fc.nat(31), (i, j) => {
      const [a, b] = [makeRow(state, 0, i, 32), makeRow(state, 1, j, 32)]
      expect(product[i * 32 + j]).toBe(a.reduce((sum, entry, k) => sum + entry * (b[k] ?? 0), 0))
    }),
  )
})

test('the numbers of today are the numbers of tomorrow', () => {
  expect(answerChallenge(`0x${'00'.repeat(32)}`, size).roots).toMatchInlineSnapshot(`
    [
      "0xdce0d1faed81c970becf57a7114456b9ec86a7c139f2ddc4d0cf771cd83ca2a5",
      "0x815fafb39a00e448b3e755076d9d30d69fd58d7536ad6a666f7981b28e53b20f",
    ]
  `)
})

test('a seed of another length is refused', () => {
  expect(() => answerChallenge('0x12', size)).toThrowErrorMatchingInlineSnapshot(
    `[Proof.InvalidSeedError: Cannot make the challenge: the seed is "0x12", expected 32 bytes of hex]`,
  )
})

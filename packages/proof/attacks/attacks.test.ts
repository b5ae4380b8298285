import { expect, test } from 'vitest'
import { binomialInterval } from './binomialInterval.ts'
import { commitmentOf } from './committee/commitmentOf.ts'
import { attacks, measureAttack } from './index.ts'

test.each(attacks)('$name: $shows as $formula says', async (attack) => {
  const { measured, low, high } = await measureAttack(attack, { seed: 1 })
  const said = `${attack.predicted} predicted, ${measured} measured`
  expect(attack.predicted, said).toBeGreaterThanOrEqual(low)
  expect(attack.predicted, said).toBeLessThanOrEqual(high)
})

test('the same seed gives the same finding, and another one another', async () => {
  const attack = attacks.find(({ name }) => name.startsWith('prevents'))
  if (!attack) throw new Error('There is such an attack')
  const [first, again, other] = await Promise.all([7, 7, 8].map((seed) => measureAttack(attack, { seed, trials: 400 })))
  expect(again).toEqual(first)
  expect(other?.measured).not.toBe(first?.measured)
})

test('an interval is that of Clopper and Pearson', () => {
  expect(binomialInterval(0, 30)).toEqual({ low: 0, high: expect.closeTo(1 - 0.0005 ** (1 / 30), 9) })
  expect(binomialInterval(30, 30)).toEqual({ low: expect.closeTo(0.0005 ** (1 / 30), 9), high: 1 })
  expect(binomialInterval(50, 100)).toEqual({ low: expect.closeTo(0.3355819, 6), high: expect.closeTo(0.6644181, 6) })
})

test("a commitment is the ledger's", () => {
  // By viem's encodeAbiParameters and keccak256.
  const word = (byte: string) => `0x${byte.repeat(32)}` as const
  const ballot = { chainId: 31_337n, committeeId: 7n, vote: word('01'), salt: word('02') }
  const parties = { contract: `0x${'aa'.repeat(20)}`, verifier: `0x${'bb'.repeat(20)}` } as const
  expect(commitmentOf({ ...ballot, ...parties })).toBe(
    '0x23cd07521e116609c39145bbbb731dc88e1ccf031eb80fb4a6a0d9d320bccd0d',
  )
})

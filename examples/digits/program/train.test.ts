import { expect, test } from 'vitest'
import { createChance } from './chance.ts'
import { type Digits, pixels, side } from './digits.ts'
import { createNetwork, type Network } from './network.ts'
import { createTrainer } from './train.ts'

test('an untrained network guesses, a trained one knows its shapes', () => {
  const { before, after } = train(7, 60)
  expect(before).toBeGreaterThan(1.8)
  expect(after).toBeLessThan(0.7)
})

test('the same seed gives the same weights, another seed others', () => {
  const weights = train(7, 3).network.parameters
  expect(train(7, 3).network.parameters).toEqual(weights)
  expect(train(8, 3).network.parameters).not.toEqual(weights)
})

/** Forty images: the larger the digit, the wider and flatter the bar. */
const shapes: Digits = {
  labels: Uint8Array.from({ length: 40 }, (_, index) => index % 10),
  images: Uint8Array.from({ length: 40 * pixels }, (_, byte) => {
    const digit = Math.trunc(byte / pixels) % 10
    const [x, y] = [byte % side, Math.trunc((byte % pixels) / side)]
    // A shift of two pixels must not turn one digit into another: they differ in size.
    return x >= 3 && x < 5 + digit * 2 && y >= 8 && y < 20 - digit ? 255 : 0
  }),
}

function train(seed: number, epochs: number): { network: Network; before: number; after: number } {
  const chance = createChance(seed)
  const network = createNetwork(24, chance)
  const trainer = createTrainer(network, chance)
  const losses = Array.from({ length: epochs }, () => trainer.epoch(shapes, 0.004, () => undefined))
  return { network, before: losses[0] ?? 0, after: losses.at(-1) ?? Infinity }
}

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createSampler, seedPixel } from './sampler.ts'

test('sixteen samples of a pixel fill every sixteenth once, in every shape, at every bounce', () => {
  fc.assert(
    fc.property(fc.nat(4095), fc.nat(4095), fc.nat(0x7fffffff), fc.nat(9), (x, y, seed, dimension) => {
      const points = Array.from({ length: 16 }, (_, index) => draw(seedPixel(x, y, seed), index, dimension))
      for (const columns of [1, 2, 4, 8, 16]) {
        const rows = 16 / columns
        const cells = points.map(({ u, v }) => Math.trunc(u * columns) * rows + Math.trunc(v * rows))
        expect(new Set(cells).size).toBe(16)
      }
    }),
  )
})

test('numbers stay below 1 and average a half', () => {
  const points = Array.from({ length: 4096 }, (_, pixel) => draw(seedPixel(pixel, 3, 1), 0, 1))
  expect(Math.max(...points.flatMap(({ u, v }) => [u, v]))).toBeLessThan(1)
  expect(points.reduce((sum, { u }) => sum + u, 0) / 4096).toBeCloseTo(0.5, 1)
  expect(points.reduce((sum, { u, v }) => sum + (u - 0.5) * (v - 0.5), 0) / 4096).toBeCloseTo(0, 2)
})

function draw(seed: number, index: number, dimension: number): { u: number; v: number } {
  const sampler = createSampler()
  sampler.start(seed, index)
  for (let pair = 0; pair <= dimension; pair++) sampler.next()
  return { u: sampler.u, v: sampler.v }
}

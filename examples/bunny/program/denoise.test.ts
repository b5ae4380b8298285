import { expect, test } from 'vitest'
import { denoise } from './denoise.ts'
import { channels, createFilm, type Film } from './film.ts'
import { createSampler } from './sampler.ts'

const size = 24

test('noise on one surface is averaged away, the edge to the next surface stays', () => {
  const film = twoSurfaces()
  const { values } = denoise(film, 16)
  const at = (x: number, y: number): number => values[(y * size + x) * 3] ?? 0
  const errors = Array.from({ length: size * size }, (_, pixel) => {
    const truth = pixel % size < size / 2 ? 1 : 0.2
    return {
      before: Math.abs((film.values[pixel * channels] ?? 0) - truth),
      after: Math.abs((values[pixel * 3] ?? 0) - truth),
    }
  })
  const sum = (pick: 'before' | 'after'): number => errors.reduce((total, error) => total + error[pick], 0)
  expect(sum('after')).toBeLessThan(sum('before') / 3)
  expect(at(size / 2 - 1, 12) - at(size / 2, 12)).toBeGreaterThan(0.6)
})

test('a picture without noise is left as it is', () => {
  const film = twoSurfaces()
  for (let pixel = 0; pixel < size * size; pixel++) {
    const at = pixel * channels
    film.values.set([pixel / 600, pixel / 600, pixel / 600, (pixel / 600) ** 2], at)
  }
  const { values } = denoise(film, 16)
  for (let pixel = 0; pixel < size * size; pixel++) expect(values[pixel * 3]).toBeCloseTo(pixel / 600, 2)
})

/** Left half bright and facing right, right half dark and facing up; each pixel off by up to a tenth. */
function twoSurfaces(): Film {
  const film = createFilm(size, size)
  const sampler = createSampler()
  for (let pixel = 0; pixel < size * size; pixel++) {
    const isLeft = pixel % size < size / 2
    sampler.start(pixel, 0)
    sampler.next()
    const value = (isLeft ? 1 : 0.2) + (sampler.u - 0.5) / 5
    const square = value * value + (16 * 0.2 ** 2) / 12
    const normal = isLeft ? [1, 0, 0] : [0, 1, 0]
    film.values.set([value, value, value, square, 0.8, 0.8, 0.8, ...normal, 10], pixel * channels)
  }
  return film
}

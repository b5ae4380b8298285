import { channels, type Film } from './film.ts'

/** A picture of three floats a pixel, linear light. */
export type Picture = { width: number; height: number; values: Float32Array<ArrayBuffer> }

/** One row of the cubic B-spline that every pass spreads wider (Dammertz and others, 2010). */
const kernel = [1 / 16, 1 / 4, 3 / 8, 1 / 4, 1 / 16]

/** How many standard errors two pixels may differ by and still be taken for the same light. */
const tolerance = 2.2

/**
 * Averages neighbours that show the same surface under the same light: an edge-avoiding à-trous filter,
 * led by normals, surface colour, distance and the noise that each pixel measured of itself.
 *
 * A pixel without noise is left as it is, so more samples always win over the filter.
 */
export function denoise(film: Film, samples: number): Picture {
  const { width, height } = film
  let picture: Picture = { width, height, values: new Float32Array(width * height * 3) }
  for (let pixel = 0; pixel < width * height; pixel++)
    picture.values.set(film.values.subarray(pixel * channels, pixel * channels + 3), pixel * 3)
  if (samples < 2) return picture
  let variance = measureVariance(film, samples)
  for (let step = 1; step <= 8; step *= 2) ({ picture, variance } = pass(film, picture, variance, step))
  return picture
}

type Pass = { picture: Picture; variance: Float32Array }

function pass(film: Film, from: Picture, variance: Float32Array, step: number): Pass {
  const { width, height } = film
  const picture: Picture = { width, height, values: new Float32Array(from.values.length) }
  const left = new Float32Array(variance.length)
  const light = measureLight(from)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const here = y * width + x
      const noise = 1 / (tolerance * Math.sqrt(variance[here] as number) + 1e-4)
      let r = 0
      let g = 0
      let b = 0
      let total = 0
      let spread = 0
      for (let row = -2; row <= 2; row++)
        for (let column = -2; column <= 2; column++) {
          const otherX = x + column * step
          const otherY = y + row * step
          if (otherX < 0 || otherY < 0 || otherX >= width || otherY >= height) continue
          const there = otherY * width + otherX
          const shape = (kernel[row + 2] as number) * (kernel[column + 2] as number)
          const apart = Math.abs((light[here] as number) - (light[there] as number)) * noise
          const unlike = apart + compareSurfaces(film.values, here, there, step)
          if (unlike > negligible) continue
          const weight = shape * Math.exp(-unlike)
          r += (from.values[there * 3] as number) * weight
          g += (from.values[there * 3 + 1] as number) * weight
          b += (from.values[there * 3 + 2] as number) * weight
          total += weight
          spread += (variance[there] as number) * weight * weight
        }
      picture.values[here * 3] = r / total
      picture.values[here * 3 + 1] = g / total
      picture.values[here * 3 + 2] = b / total
      left[here] = spread / (total * total)
    }
  return { picture, variance: left }
}

/** exp(-16) is a ten-millionth: less than a float keeps of a sum that begins with the pixel itself. */
const negligible = 16

/** How unlike two surfaces are: 0 for the same, large across an edge. Written out, because it runs for every tap. */
function compareSurfaces(values: Float32Array, here: number, there: number, step: number): number {
  const a = here * channels
  const b = there * channels
  const red = (values[a + 4] as number) - (values[b + 4] as number)
  const green = (values[a + 5] as number) - (values[b + 5] as number)
  const blue = (values[a + 6] as number) - (values[b + 6] as number)
  const x = (values[a + 7] as number) - (values[b + 7] as number)
  const y = (values[a + 8] as number) - (values[b + 8] as number)
  const z = (values[a + 9] as number) - (values[b + 9] as number)
  const distance = Math.abs((values[a + 10] as number) - (values[b + 10] as number))
  return (red * red + green * green + blue * blue) * 60 + (x * x + y * y + z * z) * 24 + distance / (0.35 * step)
}

/** The variance of each pixel's mean, smoothed over its neighbours since it is itself a guess. */
function measureVariance({ width, height, values }: Film, samples: number): Float32Array {
  const raw = new Float32Array(width * height)
  for (let pixel = 0; pixel < raw.length; pixel++) {
    const at = pixel * channels
    const mean =
      0.2126 * (values[at] as number) + 0.7152 * (values[at + 1] as number) + 0.0722 * (values[at + 2] as number)
    raw[pixel] = Math.max(0, (values[at + 3] as number) - mean * mean) / (samples - 1)
  }
  const smooth = new Float32Array(raw.length)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      let sum = 0
      let count = 0
      for (let otherY = Math.max(0, y - 1); otherY <= Math.min(height - 1, y + 1); otherY++)
        for (let otherX = Math.max(0, x - 1); otherX <= Math.min(width - 1, x + 1); otherX++, count++)
          sum += raw[otherY * width + otherX] as number
      smooth[y * width + x] = sum / count
    }
  return smooth
}

function measureLight({ width, height, values }: Picture): Float32Array {
  const light = new Float32Array(width * height)
  for (let pixel = 0; pixel < light.length; pixel++) {
    const at = pixel * 3
    light[pixel] =
      0.2126 * (values[at] as number) + 0.7152 * (values[at + 1] as number) + 0.0722 * (values[at + 2] as number)
  }
  return light
}

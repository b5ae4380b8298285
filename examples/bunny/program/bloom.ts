import type { Picture } from './denoise.ts'

/** Light above this is what a lens scatters visibly. */
const threshold = 1.5

/** How wide and how strong the halo is: shares of the picture's height, and of the light. */
const halos = [
  { radius: 0.008, share: 0.16 },
  { radius: 0.03, share: 0.1 },
  { radius: 0.085, share: 0.07 },
]

/** Lets very bright things glow into their neighbourhood, as they do in every eye and lens. */
export function bloom(picture: Picture): Picture {
  const bright = picture.values.map((value) => Math.max(0, value - threshold))
  const values = picture.values.slice()
  for (const { radius, share } of halos) {
    const weights = bell(radius * picture.height)
    const across = blur(bright, picture, weights, 1, picture.width)
    const halo = blur(across, picture, weights, picture.width, picture.height)
    halo.forEach((value, index) => {
      values[index] = (values[index] as number) + value * share
    })
  }
  return { ...picture, values }
}

function bell(deviation: number): number[] {
  const reach = Math.max(1, Math.ceil(deviation * 3))
  const raw = Array.from({ length: 2 * reach + 1 }, (_, index) => Math.exp(-0.5 * ((index - reach) / deviation) ** 2))
  const total = raw.reduce((sum, value) => sum + value, 0)
  return raw.map((value) => value / total)
}

/** Blurs along one axis, given as the distance in pixels between neighbours and how many there are. */
function blur(
  values: Float32Array<ArrayBuffer>,
  { width, height }: Picture,
  weights: readonly number[],
  stride: number,
  length: number,
): Float32Array<ArrayBuffer> {
  const result = new Float32Array(values.length)
  const reach = (weights.length - 1) / 2
  for (let pixel = 0; pixel < width * height; pixel++) {
    const red = values[pixel * 3] as number
    const green = values[pixel * 3 + 1] as number
    const blue = values[pixel * 3 + 2] as number
    // Nearly all of a picture is below the threshold: scattering from the few is far cheaper than gathering for all.
    if (red + green + blue === 0) continue
    const place = Math.trunc(pixel / stride) % length
    for (let offset = -Math.min(reach, place); offset <= Math.min(reach, length - 1 - place); offset++) {
      const weight = weights[offset + reach] as number
      const target = (pixel + offset * stride) * 3
      result[target] = (result[target] as number) + red * weight
      result[target + 1] = (result[target + 1] as number) + green * weight
      result[target + 2] = (result[target + 2] as number) + blue * weight
    }
  }
  return result
}

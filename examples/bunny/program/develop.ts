import type { Picture } from './denoise.ts'
import { seedPixel } from './sampler.ts'

const exposure = 1.02

/**
 * Turns linear light into bytes for a screen: exposure, film curve, sRGB, and a grain of half a step
 * so that the smooth backdrop shows no bands.
 */
export function develop({ width, height, values }: Picture): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(width * height * 3)
  for (let pixel = 0; pixel < width * height; pixel++) {
    const [r = 0, g = 0, b = 0] = filmCurve(values.subarray(pixel * 3, pixel * 3 + 3))
    const grain = (seedPixel(pixel % width, Math.trunc(pixel / width), 7) >>> 8) / 0x1000000 - 0.5
    bytes.set([toByte(r, grain), toByte(g, grain), toByte(b, grain)], pixel * 3)
  }
  return bytes
}

/** The ACES reference curve as fitted by Stephen Hill: bright colours fade to white instead of clipping. */
function filmCurve(linear: Float32Array): number[] {
  const [r = 0, g = 0, b = 0] = linear.map((value) => value * exposure)
  const [x, y, z] = [
    0.59719 * r + 0.35458 * g + 0.04823 * b,
    0.076 * r + 0.90834 * g + 0.01566 * b,
    0.0284 * r + 0.13383 * g + 0.83777 * b,
  ].map((v) => (v * (v + 0.0245786) - 0.000090537) / (v * (0.983729 * v + 0.432951) + 0.238081)) as [
    number,
    number,
    number,
  ]
  return [
    1.60475 * x - 0.53108 * y - 0.07367 * z,
    -0.10208 * x + 1.10813 * y - 0.00605 * z,
    -0.00327 * x - 0.07276 * y + 1.07602 * z,
  ]
}

function toByte(linear: number, grain: number): number {
  const clipped = Math.min(1, Math.max(0, linear))
  const encoded = clipped <= 0.0031308 ? clipped * 12.92 : 1.055 * clipped ** (1 / 2.4) - 0.055
  return Math.min(255, Math.max(0, Math.round(encoded * 255 + grain)))
}

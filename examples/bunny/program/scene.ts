/** Three numbers: a place, a direction or a colour (linear RGB). */
export type Vector = readonly [number, number, number]

/** A rectangle that shines from the side its normal, `across` × `up`, points to. */
export type Softbox = {
  corner: Vector
  across: Vector
  up: Vector
  radiance: Vector
  /** How often a shading point asks this light instead of another; the chances of all lights add up to 1. */
  chance: number
}

/**
 * The whole studio, once, for both back ends: the CPU reads these values, the GPU gets them as WGSL constants.
 *
 * Lengths are those of the scan, where the bunny is about ten wide and sits on y = 0.
 */
export const scene = {
  camera: { position: [-3.4, 8.8, 28], target: [-0.75, 4.65, 0], fieldOfViewDegrees: 27 },
  /** Floor and wall joined by a quarter pipe, so that no horizon cuts the picture. */
  stage: { wallZ: -21, radius: 15, top: 44, albedo: [0.1, 0.23, 0.27] },
  /** Glazed porcelain: a white body under a clear coat that mirrors a little. */
  bunny: { albedo: [0.84, 0.76, 0.67], reflectance: 0.045, roughness: 0.035 },
  sky: { low: [0.07, 0.09, 0.13], high: [0.2, 0.27, 0.4] },
  key: {
    corner: [-11.5, 12.5, 12.5],
    across: [-5, 0, -7],
    up: [4, 5.5, -3],
    radiance: [31, 25.5, 19],
    chance: 0.6,
  } satisfies Softbox,
  rim: {
    corner: [-1, 15, -11],
    across: [11, 0, 0],
    up: [0, 3, 4],
    radiance: [10, 14, 19],
    chance: 0.2,
  } satisfies Softbox,
  /** The firefly that the project is named after. */
  firefly: { centre: [-6.2, 8.1, 1.8], radius: 0.13, radiance: [150, 205, 46], chance: 0.2 },
  path: { maxBounces: 4, clamp: 6 },
} as const

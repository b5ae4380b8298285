import type { Ray } from './rayCaster.ts'
import { type Softbox, scene, type Vector } from './scene.ts'

/** A draw from the lights: which way, how far, and what arrives over how likely the draw was. */
export type LightSample = { dx: number; dy: number; dz: number; distance: number; r: number; g: number; b: number }

/** What a ray meets when it looks straight into a light. */
export type Glow = { distance: number; r: number; g: number; b: number }

const { key, rim, firefly, sky } = scene
const keyNormal = faceOf(key)
const rimNormal = faceOf(rim)

/**
 * Draws one light and one point on it, as seen from (x, y, z); `pick`, `u` and `v` are uniform in [0, 1).
 *
 * The colour is radiance × solid angle ÷ chance, so that callers multiply by reflectance and cosine only.
 */
export function sampleLight(
  x: number,
  y: number,
  z: number,
  pick: number,
  u: number,
  v: number,
  to: LightSample,
): void {
  if (pick < key.chance) sampleSoftbox(key, keyNormal, x, y, z, u, v, to)
  else if (pick < key.chance + rim.chance) sampleSoftbox(rim, rimNormal, x, y, z, u, v, to)
  else sampleFirefly(x, y, z, u, v, to)
}

/** Finds the nearest light that a ray looks into; its distance is infinite when there is none. */
export function lookIntoLights(ray: Ray, glow: Glow): void {
  glow.distance = Infinity
  meetSoftbox(key, keyNormal, ray, glow)
  meetSoftbox(rim, rimNormal, ray, glow)
  const cx = firefly.centre[0] - ray.ox
  const cy = firefly.centre[1] - ray.oy
  const cz = firefly.centre[2] - ray.oz
  const along = cx * ray.dx + cy * ray.dy + cz * ray.dz
  const root = firefly.radius * firefly.radius - (cx * cx + cy * cy + cz * cz - along * along)
  if (root >= 0 && along > 0 && along < glow.distance) shine(glow, along - Math.sqrt(root), firefly.radiance)
}

/** Writes the light of the open sky from direction height `dy`. */
export function lookIntoSky(dy: number, glow: Glow): void {
  const share = 0.5 + 0.5 * dy
  glow.distance = Infinity
  glow.r = sky.low[0] + (sky.high[0] - sky.low[0]) * share
  glow.g = sky.low[1] + (sky.high[1] - sky.low[1]) * share
  glow.b = sky.low[2] + (sky.high[2] - sky.low[2]) * share
}

function sampleSoftbox(
  box: Softbox,
  normal: Face,
  x: number,
  y: number,
  z: number,
  u: number,
  v: number,
  to: LightSample,
): void {
  const lx = box.corner[0] + box.across[0] * u + box.up[0] * v - x
  const ly = box.corner[1] + box.across[1] * u + box.up[1] * v - y
  const lz = box.corner[2] + box.across[2] * u + box.up[2] * v - z
  const distance = Math.sqrt(lx * lx + ly * ly + lz * lz)
  to.dx = lx / distance
  to.dy = ly / distance
  to.dz = lz / distance
  to.distance = distance
  const facing = -(normal.x * to.dx + normal.y * to.dy + normal.z * to.dz)
  const weight = facing > 0 ? (facing * normal.area) / (distance * distance * box.chance) : 0
  to.r = box.radiance[0] * weight
  to.g = box.radiance[1] * weight
  to.b = box.radiance[2] * weight
}

/** Aims at the whole ball, weighs by the cone it fills: the firefly is too small for the difference to show. */
function sampleFirefly(x: number, y: number, z: number, u: number, v: number, to: LightSample): void {
  const cx = firefly.centre[0] - x
  const cy = firefly.centre[1] - y
  const cz = firefly.centre[2] - z
  const squared = Math.max(cx * cx + cy * cy + cz * cz, firefly.radius * firefly.radius)
  const height = 1 - 2 * u
  const flat = Math.sqrt(1 - height * height) * firefly.radius
  const lx = cx + Math.cos(2 * Math.PI * v) * flat
  const ly = cy + Math.sin(2 * Math.PI * v) * flat
  const lz = cz + height * firefly.radius
  const distance = Math.sqrt(lx * lx + ly * ly + lz * lz)
  to.dx = lx / distance
  to.dy = ly / distance
  to.dz = lz / distance
  to.distance = distance - firefly.radius
  const sine2 = (firefly.radius * firefly.radius) / squared
  const weight = (2 * Math.PI * (1 - Math.sqrt(Math.max(0, 1 - sine2)))) / (1 - key.chance - rim.chance)
  to.r = firefly.radiance[0] * weight
  to.g = firefly.radiance[1] * weight
  to.b = firefly.radiance[2] * weight
}

function meetSoftbox(box: Softbox, normal: Face, ray: Ray, glow: Glow): void {
  const facing = normal.x * ray.dx + normal.y * ray.dy + normal.z * ray.dz
  if (facing >= 0) return
  const cx = box.corner[0] - ray.ox
  const cy = box.corner[1] - ray.oy
  const cz = box.corner[2] - ray.oz
  const distance = (normal.x * cx + normal.y * cy + normal.z * cz) / facing
  if (!(distance > 0 && distance < glow.distance)) return
  const px = ray.dx * distance - cx
  const py = ray.dy * distance - cy
  const pz = ray.dz * distance - cz
  const u = (px * box.across[0] + py * box.across[1] + pz * box.across[2]) / squaredLength(box.across)
  const v = (px * box.up[0] + py * box.up[1] + pz * box.up[2]) / squaredLength(box.up)
  if (u >= 0 && u <= 1 && v >= 0 && v <= 1) shine(glow, distance, box.radiance)
}

function shine(glow: Glow, distance: number, radiance: Vector): void {
  glow.distance = distance
  glow.r = radiance[0]
  glow.g = radiance[1]
  glow.b = radiance[2]
}

type Face = { x: number; y: number; z: number; area: number }

function faceOf({ across, up }: Softbox): Face {
  const x = across[1] * up[2] - across[2] * up[1]
  const y = across[2] * up[0] - across[0] * up[2]
  const z = across[0] * up[1] - across[1] * up[0]
  const area = Math.hypot(x, y, z)
  return { x: x / area, y: y / area, z: z / area, area }
}

function squaredLength(vector: Vector): number {
  return vector[0] * vector[0] + vector[1] * vector[1] + vector[2] * vector[2]
}

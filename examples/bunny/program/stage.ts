import type { Ray } from './rayCaster.ts'
import { scene } from './scene.ts'

/** Where a ray leaves the stage: how far, and the normal there. */
export type StageHit = { distance: number; nx: number; ny: number; nz: number }

const { wallZ, radius, top } = scene.stage
const bendZ = wallZ + radius

/**
 * Finds where a ray from inside the stage meets floor, quarter pipe or wall; false when it goes to the sky.
 *
 * The stage is convex, so the answer is where the ray leaves it, and nothing of it casts a shadow on itself.
 */
export function hitStage(ray: Ray, hit: StageHit): boolean {
  const { oy, oz, dy, dz } = ray
  const toFloor = dy < 0 ? -oy / dy : Infinity
  if (toFloor < Infinity && oz + dz * toFloor >= bendZ) return set(hit, toFloor, 1, 0)
  const toWall = dz < 0 ? (wallZ - oz) / dz : Infinity
  const wallY = oy + dy * toWall
  if (toWall < Infinity && wallY >= radius) return wallY < top && set(hit, toWall, 0, 1)
  if (toFloor === Infinity && toWall === Infinity) return false
  return hitPipe(ray, hit)
}

function hitPipe({ oy, oz, dy, dz }: Ray, hit: StageHit): boolean {
  const y = oy - radius
  const z = oz - bendZ
  const a = dy * dy + dz * dz
  const b = y * dy + z * dz
  const root = b * b - a * (y * y + z * z - radius * radius)
  if (root < 0 || a === 0) return false
  const distance = (Math.sqrt(root) - b) / a
  return distance > 0 && set(hit, distance, -(y + dy * distance) / radius, -(z + dz * distance) / radius)
}

function set(hit: StageHit, distance: number, ny: number, nz: number): true {
  hit.distance = distance
  hit.nx = 0
  hit.ny = ny
  hit.nz = nz
  return true
}

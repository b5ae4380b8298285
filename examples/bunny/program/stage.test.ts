import fc from 'fast-check'
import { expect, test } from 'vitest'
import { scene } from './scene.ts'
import { hitStage } from './stage.ts'

const { wallZ, radius, top } = scene.stage
const unit = fc.float({ min: -1, max: 1, noNaN: true })
const inside = fc.record({
  ox: fc.float({ min: -20, max: 20, noNaN: true }),
  oy: fc.float({ min: 1, max: 30, noNaN: true }),
  oz: fc.float({ min: Math.fround(wallZ + radius), max: 30, noNaN: true }),
})

test('a ray that meets the stage lands on its surface, against the normal', () => {
  fc.assert(
    fc.property(inside, unit, unit, unit, (from, x, y, z) => {
      const length = Math.hypot(x, y, z)
      fc.pre(length > 0.1)
      const ray = { ...from, dx: x / length, dy: y / length, dz: z / length }
      const hit = { distance: 0, nx: 0, ny: 0, nz: 0 }
      if (!hitStage(ray, hit)) {
        expect(ray.dy >= 0 || ray.dz < 0).toBe(true)
        return
      }
      const height = ray.oy + ray.dy * hit.distance
      const depth = ray.oz + ray.dz * hit.distance
      const bend = Math.hypot(height - radius, depth - wallZ - radius)
      const off = depth >= wallZ + radius ? height : height >= radius ? depth - wallZ : bend - radius
      expect(Math.abs(off)).toBeLessThan(1e-4 * (1 + hit.distance))
      expect(height).toBeLessThan(top + 1e-6)
      expect(hit.ny * ray.dy + hit.nz * ray.dz).toBeLessThanOrEqual(1e-6)
      expect(Math.hypot(hit.nx, hit.ny, hit.nz)).toBeCloseTo(1, 4)
    }),
  )
})

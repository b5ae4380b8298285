import fc from 'fast-check'
import { expect, test } from 'vitest'
import { buildBvh } from './bvh.ts'
import type { Mesh } from './mesh.ts'
import { createRayCaster, type MeshHit, type Ray } from './rayCaster.ts'

// Without bias: rays that run exactly along an edge may go either way, and are not what is asked here.
const coordinate = fc.noBias(fc.integer({ min: -8000, max: 8000 }).map((step) => step / 1000))
const place = fc.tuple(coordinate, coordinate, coordinate)
const soup = fc.array(fc.tuple(place, place, place), { minLength: 1, maxLength: 60 }).map(meshOf)
const ray = fc
  .tuple(place, place)
  .filter(([, direction]) => Math.hypot(...direction) > 0.1)
  .map(([[ox, oy, oz], direction]): Ray => {
    const [dx, dy, dz] = direction.map((value) => value / Math.hypot(...direction))
    return { ox, oy, oz, dx: dx ?? 0, dy: dy ?? 0, dz: dz ?? 0 }
  })

test('the tree holds each triangle once', () => {
  fc.assert(
    fc.property(soup, (mesh) => {
      const { nodeWords, triangles } = buildBvh(mesh)
      const leaves = Array.from({ length: nodeWords.length / 8 }, (_, node) =>
        nodeWords.subarray(node * 8, node * 8 + 8),
      )
      const counted = leaves.reduce((sum, words) => sum + (words[7] ?? 0), 0)
      const corners = (values: Float32Array, stride: number): string[] =>
        Array.from(
          { length: values.length / stride },
          (_, index) => `${values.subarray(index * stride, index * stride + 3)}`,
        ).sort()
      expect(counted).toBe(mesh.indices.length / 3)
      expect(corners(triangles, 9)).toEqual(corners(mesh.positions, 9))
    }),
  )
})

test('the tree finds what trying every triangle finds', () => {
  fc.assert(
    fc.property(soup, fc.array(ray, { minLength: 20, maxLength: 20 }), (mesh, rays) => {
      const caster = createRayCaster(buildBvh(mesh))
      // A tree of one leaf is a list: it tries every triangle.
      const lists = split(mesh).map((one) => createRayCaster(buildBvh(one)))
      for (const each of rays) {
        const hit: MeshHit = { distance: 0, triangle: 0, u: 0, v: 0 }
        const expected = Math.min(
          ...lists.map((list) => {
            const single = { ...hit }
            return list.closest(each, Infinity, single) ? single.distance : Infinity
          }),
        )
        expect(caster.closest(each, Infinity, hit)).toBe(expected < Infinity)
        if (expected === Infinity) continue
        expect(hit.distance).toBe(expected)
        expect(caster.blocked(each, expected * 1.01 + 0.01)).toBe(true)
        expect(caster.blocked(each, expected)).toBe(false)
      }
    }),
  )
})

function meshOf(corners: number[][][]): Mesh {
  const positions = Float32Array.from(corners.flat(2))
  const indices = Uint32Array.from({ length: positions.length / 3 }, (_, index) => index)
  return { positions, normals: new Float32Array(positions.length).fill(1), indices }
}

function split(mesh: Mesh): Mesh[] {
  return Array.from({ length: mesh.indices.length / 3 }, (_, triangle) => ({
    positions: mesh.positions.slice(triangle * 9, triangle * 9 + 9),
    normals: mesh.normals.slice(triangle * 9, triangle * 9 + 9),
    indices: Uint32Array.of(0, 1, 2),
  }))
}

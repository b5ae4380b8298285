import { expect, test } from 'vitest'
import { subdivide, type Triangles } from './subdivide.ts'

const octahedron: Triangles = {
  positions: Float64Array.of(1, 0, 0, -1, 0, 0, 0, 1, 0, 0, -1, 0, 0, 0, 1, 0, 0, -1),
  indices: Uint32Array.of(0, 2, 4, 2, 1, 4, 1, 3, 4, 3, 0, 4, 2, 0, 5, 1, 2, 5, 3, 1, 5, 0, 3, 5),
}

test('each round makes four triangles of one and keeps the mesh closed', () => {
  const finer = subdivide(subdivide(octahedron))
  const halves = new Map<string, number>()
  for (let corner = 0; corner < finer.indices.length; corner++) {
    const next = corner - (corner % 3) + ((corner + 1) % 3)
    halves.set(`${finer.indices[corner]}>${finer.indices[next]}`, 1)
  }
  expect(finer.indices.length / 3).toBe(8 * 16)
  // Euler: vertices - edges + triangles = 2 for whatever can be blown up to a ball.
  expect(finer.positions.length / 3 - halves.size / 2 + finer.indices.length / 3).toBe(2)
  for (const edge of halves.keys()) expect(halves.has(edge.split('>').reverse().join('>'))).toBe(true)
})

test('an octahedron becomes nearly a ball, centred where it was', () => {
  const { positions } = [1, 2, 3].reduce(subdivide, octahedron)
  const radii = Array.from({ length: positions.length / 3 }, (_, vertex) =>
    Math.hypot(...positions.subarray(vertex * 3, vertex * 3 + 3)),
  )
  const sum = (axis: number): number => positions.filter((_, slot) => slot % 3 === axis).reduce((a, b) => a + b, 0)
  // The octahedron itself has 1.73: corner over middle of a face.
  expect(Math.max(...radii) / Math.min(...radii)).toBeLessThan(1.25)
  for (const axis of [0, 1, 2]) expect(sum(axis)).toBeCloseTo(0, 9)
})

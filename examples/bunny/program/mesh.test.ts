import { expect, test } from 'vitest'
import { decodeMesh, encodeMesh, type Mesh } from './mesh.ts'

const mesh: Mesh = {
  positions: Float32Array.of(0, 0, 0, 1, 0, 0, 0, 1, 0),
  normals: Float32Array.of(0, 0, 1, 0, 0, 1, 0, 0, 1),
  indices: Uint32Array.of(0, 1, 2),
}

test('what was written is read', () => {
  expect(decodeMesh(encodeMesh(mesh))).toEqual(mesh)
})

test('a file that is short, foreign or inconsistent is refused', () => {
  const bytes = encodeMesh(mesh)
  const wild = encodeMesh({ ...mesh, indices: Uint32Array.of(0, 1, 3) })
  expect(() => decodeMesh(bytes.slice(0, 8))).toThrow('it has 8 bytes, expected at least 16')
  expect(() => decodeMesh(bytes.slice(0, -4))).toThrow('it has 96 bytes, expected 100')
  expect(() => decodeMesh(new Uint8Array(100))).toThrow('expected "HMSH" version 1')
  expect(() => decodeMesh(wild)).toThrow('a triangle names a vertex past the end')
})

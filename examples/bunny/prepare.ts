import { copyFile, mkdir, readdir, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { encodeMesh, type Mesh } from './program/mesh.ts'
import { subdivide, type Triangles } from './subdivide.ts'

/** Two rounds turn 3,674 triangles into 58,784: no facet is wider than two pixels of the default picture. */
const rounds = 2

/**
 * Fills `directory` with exactly the files a lease needs to render the bunny: the program, its job and the mesh.
 *
 * Runs outside the lease, where packages can be read.
 */
export async function prepare(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true })
  const program = join(import.meta.dirname, 'program')
  const names = (await readdir(program)).filter((name) => !name.endsWith('.test.ts'))
  await Promise.all(names.map((name) => copyFile(join(program, name), join(directory, name))))
  await writeFile(join(directory, 'bunny.mesh'), encodeMesh(loadBunny()))
}

function loadBunny(): Mesh {
  const scan: { positions: number[][]; cells: number[][] } = createRequire(import.meta.url)('bunny')
  let triangles: Triangles = {
    positions: Float64Array.from(scan.positions.flat()),
    indices: Uint32Array.from(scan.cells.flat()),
  }
  for (let round = 0; round < rounds; round++) triangles = subdivide(triangles)
  const { positions, indices } = triangles
  return { positions: Float32Array.from(positions), normals: smoothNormals(triangles), indices }
}

function smoothNormals({ positions, indices }: Triangles): Float32Array<ArrayBuffer> {
  const sums = new Float64Array(positions.length)
  for (let first = 0; first < indices.length; first += 3) {
    const corners = [...indices.subarray(first, first + 3)]
    const [a, b, c] = corners.map((vertex) => positions.subarray(vertex * 3, vertex * 3 + 3))
    if (a === undefined || b === undefined || c === undefined) continue
    // The cross product is as long as twice the area, so large triangles count more.
    const normal = cross(minus(b, a), minus(c, a))
    for (const vertex of corners)
      for (let axis = 0; axis < 3; axis++)
        sums[vertex * 3 + axis] = (sums[vertex * 3 + axis] ?? 0) + (normal[axis] ?? 0)
  }
  const normals = new Float32Array(positions.length)
  for (let slot = 0; slot < sums.length; slot += 3) {
    const sum = sums.subarray(slot, slot + 3)
    const length = Math.hypot(...sum)
    normals.set(
      sum.map((value) => value / length),
      slot,
    )
  }
  return normals
}

function minus(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, axis) => value - (b[axis] ?? 0))
}

function cross(a: Float64Array, b: Float64Array): [number, number, number] {
  const [ax = 0, ay = 0, az = 0] = a
  const [bx = 0, by = 0, bz = 0] = b
  return [ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx]
}

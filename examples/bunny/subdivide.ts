/** A triangle mesh: three coordinates a vertex, three vertex indices a triangle. */
export type Triangles = { positions: Float64Array; indices: Uint32Array<ArrayBuffer> }

/**
 * Splits every triangle in four and smooths, by Loop's scheme, so that a coarse scan looks like the animal.
 *
 * For closed meshes only, where each edge has exactly two triangles: the scan of the bunny is one.
 * Masks from Charles Loop, "Smooth Subdivision Surfaces Based on Triangles" (1987), with Warren's weights.
 */
export function subdivide(mesh: Triangles): Triangles {
  const vertexCount = mesh.positions.length / 3
  const edges = collectEdges(mesh.indices, vertexCount)
  const positions = new Float64Array((vertexCount + edges.ends.length / 2) * 3)
  placeOldVertices(mesh, edges.ends, positions)
  placeEdgeVertices(mesh, edges, positions)
  return { positions, indices: splitTriangles(mesh.indices, edges.ofCorner, vertexCount) }
}

type Edges = {
  /** Two vertices an edge. */
  ends: Uint32Array
  /** The two vertices across an edge, one on either side. */
  wings: Uint32Array
  /** For corner c of a triangle, the edge from c to the next corner. */
  ofCorner: Uint32Array
}

function collectEdges(indices: Uint32Array, vertexCount: number): Edges {
  const numberOf = new Map<number, number>()
  const ends: number[] = []
  const wings: number[] = []
  const ofCorner = new Uint32Array(indices.length)
  for (let corner = 0; corner < indices.length; corner++) {
    const first = corner - (corner % 3)
    const from = indices[corner] ?? 0
    const to = indices[first + ((corner + 1) % 3)] ?? 0
    const across = indices[first + ((corner + 2) % 3)] ?? 0
    const key = Math.min(from, to) * vertexCount + Math.max(from, to)
    const known = numberOf.get(key)
    const edge = known ?? numberOf.size
    if (known === undefined) {
      numberOf.set(key, edge)
      ends.push(from, to)
    }
    wings[edge * 2 + (known === undefined ? 0 : 1)] = across
    ofCorner[corner] = edge
  }
  return { ends: Uint32Array.from(ends), wings: Uint32Array.from(wings), ofCorner }
}

function placeOldVertices(mesh: Triangles, ends: Uint32Array, target: Float64Array): void {
  const vertexCount = mesh.positions.length / 3
  const valence = new Uint32Array(vertexCount)
  const sums = new Float64Array(mesh.positions.length)
  for (let edge = 0; edge < ends.length; edge += 2) {
    const a = ends[edge] ?? 0
    const b = ends[edge + 1] ?? 0
    valence[a] = (valence[a] ?? 0) + 1
    valence[b] = (valence[b] ?? 0) + 1
    for (let axis = 0; axis < 3; axis++) {
      sums[a * 3 + axis] = (sums[a * 3 + axis] ?? 0) + (mesh.positions[b * 3 + axis] ?? 0)
      sums[b * 3 + axis] = (sums[b * 3 + axis] ?? 0) + (mesh.positions[a * 3 + axis] ?? 0)
    }
  }
  for (let vertex = 0; vertex < vertexCount; vertex++) {
    const neighbours = valence[vertex] ?? 0
    const weight = neighbours === 3 ? 3 / 16 : 3 / (8 * neighbours)
    for (let axis = 0; axis < 3; axis++) {
      const slot = vertex * 3 + axis
      target[slot] = (1 - neighbours * weight) * (mesh.positions[slot] ?? 0) + weight * (sums[slot] ?? 0)
    }
  }
}

function placeEdgeVertices(mesh: Triangles, edges: Edges, target: Float64Array): void {
  const at = (vertex: number, axis: number): number => mesh.positions[vertex * 3 + axis] ?? 0
  for (let edge = 0; edge < edges.ends.length / 2; edge++) {
    const [a = 0, b = 0] = edges.ends.subarray(edge * 2, edge * 2 + 2)
    const [c = 0, d = 0] = edges.wings.subarray(edge * 2, edge * 2 + 2)
    for (let axis = 0; axis < 3; axis++) {
      const ends = at(a, axis) + at(b, axis)
      const wings = at(c, axis) + at(d, axis)
      target[mesh.positions.length + edge * 3 + axis] = (3 * ends + wings) / 8
    }
  }
}

function splitTriangles(
  indices: Uint32Array,
  edgeOfCorner: Uint32Array,
  vertexCount: number,
): Uint32Array<ArrayBuffer> {
  const result = new Uint32Array(indices.length * 4)
  for (let first = 0; first < indices.length; first += 3) {
    const [a = 0, b = 0, c = 0] = indices.subarray(first, first + 3)
    const [ab = 0, bc = 0, ca = 0] = edgeOfCorner.subarray(first, first + 3).map((edge) => edge + vertexCount)
    result.set([a, ab, ca, ab, b, bc, ca, bc, c, ab, bc, ca], first * 4)
  }
  return result
}

import type { Mesh } from './mesh.ts'

/** A tree of boxes over the triangles of a mesh, as flat arrays that a worker or a GPU can take as they are. */
export type Bvh = {
  /** Eight floats a node: lower corner, first, upper corner, count (see `nodeWords`). */
  nodes: Float32Array<ArrayBuffer>
  /** The same bytes as words: word 3 is the first triangle of a leaf or the left child, word 7 the triangle count, 0 for an inner node. The right child follows the left. */
  nodeWords: Uint32Array<ArrayBuffer>
  /** Nine floats a triangle, in leaf order: corner, edge to the second corner, edge to the third. */
  triangles: Float32Array<ArrayBuffer>
  /** Nine floats a triangle, in leaf order: the normals of its corners. */
  normals: Float32Array<ArrayBuffer>
}

const binCount = 16
const leafSize = 4

/**
 * Builds the tree by the surface area heuristic over sixteen bins an axis (Wald, 2007).
 *
 * The same mesh gives the same bytes everywhere.
 */
export function buildBvh(mesh: Mesh): Bvh {
  const count = mesh.indices.length / 3
  const bounds = boundTriangles(mesh)
  const order = Uint32Array.from({ length: count }, (_, index) => index)
  const nodes = new Float32Array(Math.max(1, 2 * count - 1) * 8)
  const nodeWords = new Uint32Array(nodes.buffer)
  let used = 1
  const pending = [{ node: 0, first: 0, end: count }]
  for (let work = pending.pop(); work !== undefined; work = pending.pop()) {
    const { node, first, end } = work
    nodes.set(boxOf(bounds, order, first, end), node * 8)
    // The box wrote six floats in a row: spread them to words 0-2 and 4-6.
    nodes.copyWithin(node * 8 + 4, node * 8 + 3, node * 8 + 6)
    const middle = end - first <= 2 ? first : split(bounds, order, first, end)
    if (middle === first) {
      nodeWords[node * 8 + 3] = first
      nodeWords[node * 8 + 7] = end - first
      continue
    }
    nodeWords[node * 8 + 3] = used
    nodeWords[node * 8 + 7] = 0
    pending.push({ node: used, first, end: middle }, { node: used + 1, first: middle, end })
    used += 2
  }
  const kept = nodes.slice(0, used * 8)
  return { nodes: kept, nodeWords: new Uint32Array(kept.buffer), ...layTriangles(mesh, order) }
}

/** Partitions `order[first, end)` at the cheapest plane and returns where; `first` when a leaf is cheaper. */
function split(bounds: Float32Array, order: Uint32Array, first: number, end: number): number {
  const { axis, low, scale, bin, cost } = findPlane(bounds, order, first, end)
  if (axis < 0 || (end - first <= leafSize && cost >= end - first)) return first
  let left = first
  for (let right = end; left < right; ) {
    const triangle = order[left] ?? 0
    if (Math.min(binCount - 1, Math.trunc((centre(bounds, triangle, axis) - low) * scale)) <= bin) {
      left++
      continue
    }
    right--
    order[left] = order[right] ?? 0
    order[right] = triangle
  }
  return left
}

type Plane = { axis: number; low: number; scale: number; bin: number; cost: number }

/** Scratch of `findPlane`, laid once: a box and a count a bin, and what the bins to the right of a plane cost. */
const bins = {
  boxes: new Float32Array(binCount * 6),
  counts: new Uint32Array(binCount),
  rightCosts: new Float64Array(binCount),
}

function findPlane(bounds: Float32Array, order: Uint32Array, first: number, end: number): Plane {
  let best: Plane = { axis: -1, low: 0, scale: 0, bin: 0, cost: Infinity }
  const parentArea = area(boxOf(bounds, order, first, end))
  for (let axis = 0; axis < 3; axis++) {
    let low = Infinity
    let high = -Infinity
    for (let index = first; index < end; index++) {
      const position = centre(bounds, order[index] ?? 0, axis)
      low = Math.min(low, position)
      high = Math.max(high, position)
    }
    if (high <= low) continue
    const scale = binCount / (high - low)
    for (let bin = 0; bin < binCount; bin++) empty(bins.boxes, bin * 6)
    bins.counts.fill(0)
    for (let index = first; index < end; index++) {
      const triangle = order[index] ?? 0
      const bin = Math.min(binCount - 1, Math.trunc((centre(bounds, triangle, axis) - low) * scale))
      bins.counts[bin] = (bins.counts[bin] ?? 0) + 1
      grow(bins.boxes, bin * 6, bounds, triangle * 6)
    }
    const { bin, cost } = sweep(parentArea)
    if (cost < best.cost) best = { axis, low, scale, bin, cost }
  }
  return best
}

function sweep(parentArea: number): Pick<Plane, 'bin' | 'cost'> {
  const box = empty(new Float32Array(6), 0)
  for (let bin = binCount - 1, count = 0; bin > 0; bin--) {
    grow(box, 0, bins.boxes, bin * 6)
    count += bins.counts[bin] ?? 0
    bins.rightCosts[bin - 1] = count === 0 ? Infinity : count * area(box)
  }
  empty(box, 0)
  const best = { bin: 0, cost: Infinity }
  for (let bin = 0, count = 0; bin < binCount - 1; bin++) {
    grow(box, 0, bins.boxes, bin * 6)
    count += bins.counts[bin] ?? 0
    const cost = count === 0 ? Infinity : 1 + (count * area(box) + (bins.rightCosts[bin] ?? Infinity)) / parentArea
    if (cost >= best.cost) continue
    best.bin = bin
    best.cost = cost
  }
  return best
}

function boundTriangles({ positions, indices }: Mesh): Float32Array {
  const bounds = new Float32Array(indices.length * 2)
  for (let corner = 0; corner < indices.length; corner++) {
    const slot = (corner - (corner % 3)) * 2
    if (corner % 3 === 0) empty(bounds, slot)
    for (let axis = 0; axis < 3; axis++) {
      const position = positions[(indices[corner] ?? 0) * 3 + axis] ?? 0
      bounds[slot + axis] = Math.min(bounds[slot + axis] ?? 0, position)
      bounds[slot + 3 + axis] = Math.max(bounds[slot + 3 + axis] ?? 0, position)
    }
  }
  return bounds
}

function layTriangles(mesh: Mesh, order: Uint32Array): Pick<Bvh, 'triangles' | 'normals'> {
  const triangles = new Float32Array(order.length * 9)
  const normals = new Float32Array(order.length * 9)
  order.forEach((triangle, place) => {
    const [a = 0, b = 0, c = 0] = mesh.indices.subarray(triangle * 3, triangle * 3 + 3)
    for (let axis = 0; axis < 3; axis++) {
      const corner = mesh.positions[a * 3 + axis] ?? 0
      triangles[place * 9 + axis] = corner
      triangles[place * 9 + 3 + axis] = (mesh.positions[b * 3 + axis] ?? 0) - corner
      triangles[place * 9 + 6 + axis] = (mesh.positions[c * 3 + axis] ?? 0) - corner
      normals[place * 9 + axis] = mesh.normals[a * 3 + axis] ?? 0
      normals[place * 9 + 3 + axis] = mesh.normals[b * 3 + axis] ?? 0
      normals[place * 9 + 6 + axis] = mesh.normals[c * 3 + axis] ?? 0
    }
  })
  return { triangles, normals }
}

function centre(bounds: Float32Array, triangle: number, axis: number): number {
  return ((bounds[triangle * 6 + axis] ?? 0) + (bounds[triangle * 6 + 3 + axis] ?? 0)) / 2
}

function empty(boxes: Float32Array, at: number): Float32Array {
  boxes.fill(Infinity, at, at + 3)
  return boxes.fill(-Infinity, at + 3, at + 6)
}

function boxOf(bounds: Float32Array, order: Uint32Array, first: number, end: number): Float32Array {
  const box = empty(new Float32Array(6), 0)
  for (let index = first; index < end; index++) grow(box, 0, bounds, (order[index] ?? 0) * 6)
  return box
}

function grow(boxes: Float32Array, at: number, others: Float32Array, from: number): void {
  for (let axis = 0; axis < 3; axis++) {
    boxes[at + axis] = Math.min(boxes[at + axis] ?? 0, others[from + axis] ?? 0)
    boxes[at + axis + 3] = Math.max(boxes[at + axis + 3] ?? 0, others[from + axis + 3] ?? 0)
  }
}

function area(box: Float32Array): number {
  const width = (box[3] ?? 0) - (box[0] ?? 0)
  const height = (box[4] ?? 0) - (box[1] ?? 0)
  const depth = (box[5] ?? 0) - (box[2] ?? 0)
  return width * height + height * depth + depth * width
}

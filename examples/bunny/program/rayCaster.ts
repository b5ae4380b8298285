import type { Bvh } from './bvh.ts'

/** A ray from (ox, oy, oz) along the unit direction (dx, dy, dz). */
export type Ray = { ox: number; oy: number; oz: number; dx: number; dy: number; dz: number }

/** The nearest triangle a ray met: how far, which one, and where on it (barycentric). */
export type MeshHit = { distance: number; triangle: number; u: number; v: number }

export type RayCaster = {
  /** Fills `hit` and says true when the ray meets the mesh nearer than `limit`. */
  closest(ray: Ray, limit: number, hit: MeshHit): boolean
  /** Says whether anything of the mesh lies nearer than `limit`. */
  blocked(ray: Ray, limit: number): boolean
}

/** No tree of fewer than 2³² triangles split by this builder comes near this depth. */
const stackSize = 96

/** Makes the function that asks a tree what a ray meets; one per thread, since it keeps its stack. */
export function createRayCaster({ nodes, nodeWords, triangles }: Bvh): RayCaster {
  const stack = new Int32Array(stackSize)
  const entries = new Float64Array(stackSize)
  /** What the box test needs of the current ray; the near offsets say which corner of a box it meets first. */
  const slabs = { inverseX: 0, inverseY: 0, inverseZ: 0, startX: 0, startY: 0, startZ: 0, nearX: 0, nearY: 0, nearZ: 0 }

  function walk(ray: Ray, limit: number, hit: MeshHit, anyHit: boolean): boolean {
    aim(ray)
    hit.distance = limit
    let found = false
    let top = 0
    let node = enterBox(0) < limit ? 0 : -1
    while (node >= 0) {
      const first = nodeWords[node * 8 + 3] as number
      const count = nodeWords[node * 8 + 7] as number
      for (let triangle = first; triangle < first + count; triangle++) {
        if (!meets(ray, triangle, hit)) continue
        if (anyHit) return true
        found = true
      }
      node = -1
      if (count === 0) {
        const left = enterBox(first)
        const right = enterBox(first + 1)
        const near = left < right ? first : first + 1
        const far = Math.max(left, right)
        if (far < hit.distance) {
          stack[top] = first + first + 1 - near
          entries[top] = far
          top++
        }
        if (Math.min(left, right) < hit.distance) node = near
      }
      while (node < 0 && top > 0) {
        top--
        if ((entries[top] as number) < hit.distance) node = stack[top] as number
      }
    }
    return found
  }

  function aim(ray: Ray): void {
    slabs.inverseX = 1 / awayFromZero(ray.dx)
    slabs.inverseY = 1 / awayFromZero(ray.dy)
    slabs.inverseZ = 1 / awayFromZero(ray.dz)
    slabs.startX = ray.ox
    slabs.startY = ray.oy
    slabs.startZ = ray.oz
    slabs.nearX = slabs.inverseX > 0 ? 0 : 4
    slabs.nearY = slabs.inverseY > 0 ? 1 : 5
    slabs.nearZ = slabs.inverseZ > 0 ? 2 : 6
  }

  /** How far the ray is when it enters the box of a node; infinite when it misses. */
  function enterBox(node: number): number {
    const at = node * 8
    const x0 = ((nodes[at + slabs.nearX] as number) - slabs.startX) * slabs.inverseX
    const x1 = ((nodes[at + 4 - slabs.nearX] as number) - slabs.startX) * slabs.inverseX
    const y0 = ((nodes[at + slabs.nearY] as number) - slabs.startY) * slabs.inverseY
    const y1 = ((nodes[at + 6 - slabs.nearY] as number) - slabs.startY) * slabs.inverseY
    const z0 = ((nodes[at + slabs.nearZ] as number) - slabs.startZ) * slabs.inverseZ
    const z1 = ((nodes[at + 8 - slabs.nearZ] as number) - slabs.startZ) * slabs.inverseZ
    const enterXY = Math.max(x0, y0)
    const leaveXY = Math.min(x1, y1)
    const enter = Math.max(enterXY, z0)
    // Rounding must not let a ray slip between two boxes (Ize, 2013).
    const leave = Math.min(leaveXY, z1) * 1.0000000000000004
    return enter <= leave && leave > 0 ? enter : Infinity
  }

  /** Möller and Trumbore (1997), both sides. */
  function meets(ray: Ray, triangle: number, hit: MeshHit): boolean {
    const at = triangle * 9
    const ax = triangles[at + 3] as number
    const ay = triangles[at + 4] as number
    const az = triangles[at + 5] as number
    const bx = triangles[at + 6] as number
    const by = triangles[at + 7] as number
    const bz = triangles[at + 8] as number
    const px = ray.dy * bz - ray.dz * by
    const py = ray.dz * bx - ray.dx * bz
    const pz = ray.dx * by - ray.dy * bx
    const inverse = 1 / (ax * px + ay * py + az * pz)
    const sx = ray.ox - (triangles[at] as number)
    const sy = ray.oy - (triangles[at + 1] as number)
    const sz = ray.oz - (triangles[at + 2] as number)
    const u = (sx * px + sy * py + sz * pz) * inverse
    if (!(u >= 0 && u <= 1)) return false
    const qx = sy * az - sz * ay
    const qy = sz * ax - sx * az
    const qz = sx * ay - sy * ax
    const v = (ray.dx * qx + ray.dy * qy + ray.dz * qz) * inverse
    if (!(v >= 0 && u + v <= 1)) return false
    const distance = (bx * qx + by * qy + bz * qz) * inverse
    if (!(distance > 0 && distance < hit.distance)) return false
    hit.distance = distance
    hit.triangle = triangle
    hit.u = u
    hit.v = v
    return true
  }

  const shadow: MeshHit = { distance: 0, triangle: 0, u: 0, v: 0 }
  return {
    closest: (ray, limit, hit) => walk(ray, limit, hit, false),
    blocked: (ray, limit) => walk(ray, limit, shadow, true),
  }
}

/** A direction of exactly 0 would make 0 × ∞ where a ray runs along the face of a box. */
function awayFromZero(value: number): number {
  return Math.abs(value) < 1e-9 ? 1e-9 : value
}

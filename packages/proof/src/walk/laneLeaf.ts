import { type Hex, isHexOf, toBytes, toHex } from '../hex.ts'
import { followPath, hashLeaf } from '../merkle.ts'
import type { Opening } from '../product.ts'
import type { Position } from './lane.ts'
import type { WalkSize } from './walkSize.ts'

/** A lane's checkpoints as a leaf: a and b of each in 4 bytes, little-endian, from its beginning to its end. */
export function toLeaf(checkpoints: readonly Position[]): Uint8Array {
  const leaf = new Uint8Array(8 * checkpoints.length)
  const view = new DataView(leaf.buffer)
  checkpoints.forEach(({ a, b }, at) => {
    view.setUint32(8 * at, a, true)
    view.setUint32(8 * at + 4, b, true)
  })
  return leaf
}

/** The checkpoints that a peer's opening shows, or undefined when it is not an opening of that lane under that root. */
export function readLane(
  opening: unknown,
  root: Hex,
  lane: number,
  { lanes, segments }: WalkSize,
): Position[] | undefined {
  const { leaf, leafPath } = (opening ?? {}) as Partial<Opening>
  if (!isHexOf(leaf, 8 * (segments + 1)) || !Array.isArray(leafPath) || !leafPath.every((node) => isHexOf(node, 32)))
    return undefined
  const bytes = toBytes(leaf)
  const found = followPath(hashLeaf(bytes), leafPath.map(toBytes), { index: lane, leafCount: lanes })
  if (!found || toHex(found) !== root) return undefined
  const view = new DataView(bytes.buffer)
  return Array.from({ length: segments + 1 }, (_, at) => ({
    a: view.getUint32(8 * at, true),
    b: view.getUint32(8 * at + 4, true),
  }))
}

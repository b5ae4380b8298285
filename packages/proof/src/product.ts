import { type Hex, isHexOf, toBytes, toHex } from './hex.ts'
import { followPath, hashLeaf, merklePath, merkleRoot } from './merkle.ts'

/** Bytes in one leaf of a product: 256 entries of 32 bits, big-endian. */
const leafBytes = 1024
const leafEntries = leafBytes / 4

/** One entry of a product. */
export type Place = { row: number; column: number }

/** The leaf that holds an entry, and the path from it to the product's root. */
export type Opening = { leaf: Hex; leafPath: readonly Hex[] }

/** The Merkle root of a product: its entries row by row, in leaves of 1 KiB. */
export function productRoot(product: Uint32Array): Uint8Array {
  return merkleRoot(leavesOf(product).map(hashLeaf))
}

/** Opens leaves of one product, in the order asked; the tree is made once. */
export function openLeaves(product: Uint32Array, indices: readonly number[]): Opening[] {
  const leaves = leavesOf(product)
  const hashes = leaves.map(hashLeaf)
  return indices.map((index) => ({
    leaf: toHex(leaves[index] as Uint8Array),
    leafPath: merklePath(hashes, index).map(toHex),
  }))
}

/** The entry that a peer's opening shows, or undefined when it is not an opening of that place under that root. */
export function readOpening(opening: unknown, root: Hex, place: Place, n: number): number | undefined {
  const { leaf, leafPath } = (opening ?? {}) as Partial<Opening>
  if (!isHexOf(leaf, leafBytes) || !Array.isArray(leafPath) || !leafPath.every((node) => isHexOf(node, 32)))
    return undefined
  const bytes = toBytes(leaf)
  const at = { index: leafIndex(place, n), leafCount: (n * n) / leafEntries }
  const found = followPath(hashLeaf(bytes), leafPath.map(toBytes), at)
  if (!found || toHex(found) !== root) return undefined
  return new DataView(bytes.buffer).getUint32(((place.row * n + place.column) % leafEntries) * 4)
}

/** The leaf that holds an entry. */
export function leafIndex({ row, column }: Place, n: number): number {
  return Math.floor((row * n + column) / leafEntries)
}

function leavesOf(product: Uint32Array): Uint8Array[] {
  const bytes = new Uint8Array(product.length * 4)
  const view = new DataView(bytes.buffer)
  product.forEach((entry, index) => {
    view.setUint32(index * 4, entry)
  })
  return Array.from({ length: bytes.length / leafBytes }, (_, leaf) =>
    bytes.subarray(leaf * leafBytes, (leaf + 1) * leafBytes),
  )
}

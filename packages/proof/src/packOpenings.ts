import { concatBytes } from '@noble/hashes/utils.js'
import { toBigEndian, toBytes, toHex } from './hex.ts'
import type { Opening } from './product.ts'

/** Openings as bytes for the wire, one after the other: leaf length (2), leaf, nodes in the path (1), 32 bytes each. */
export function packOpenings(openings: readonly Opening[]): Uint8Array {
  return concatBytes(
    ...openings.flatMap(({ leaf, leafPath }) => {
      const bytes = toBytes(leaf)
      return [toBigEndian(bytes.length, 2), bytes, toBigEndian(leafPath.length, 1), ...leafPath.map(toBytes)]
    }),
  )
}

/** The openings in a peer's bytes; undefined when they are not exactly `count` of them. Never takes more than it was given. */
export function unpackOpenings(bytes: Uint8Array, count: number): Opening[] | undefined {
  const openings: Opening[] = []
  let at = 0
  const take = (length: number) => {
    const taken = bytes.subarray(at, at + length)
    at += length
    return taken.length === length ? taken : undefined
  }
  while (openings.length < count) {
    const length = take(2)
    const leaf = length && take(((length[0] as number) << 8) | (length[1] as number))
    const nodes = leaf && take(1)
    const path = nodes && take(32 * (nodes[0] as number))
    if (!leaf || !path) return undefined
    const leafPath = Array.from({ length: path.length / 32 }, (_, node) =>
      toHex(path.subarray(node * 32, node * 32 + 32)),
    )
    openings.push({ leaf: toHex(leaf), leafPath })
  }
  return at === bytes.length ? openings : undefined
}

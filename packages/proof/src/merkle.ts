import { keccak_256 } from '@noble/hashes/sha3.js'
import { concatBytes } from '@noble/hashes/utils.js'

/**
 * The hash of a leaf. Leaves are hashed behind a 0 byte and pairs behind a 1 byte, so that no inner node can pass for a
 * leaf.
 */
export function hashLeaf(leaf: Uint8Array): Uint8Array {
  return keccak_256(concatBytes(Uint8Array.of(0), leaf))
}

/** The root over hashed leaves. The last node of a level of odd length rises unchanged. */
export function merkleRoot(leaves: readonly Uint8Array[]): Uint8Array {
  let level = leaves
  while (level.length > 1) level = raise(level)
  return level[0] as Uint8Array
}

/** The siblings that lead from leaf `index` to the root, upwards; a node that rises alone has none. */
export function merklePath(leaves: readonly Uint8Array[], index: number): Uint8Array[] {
  const path: Uint8Array[] = []
  let [level, at] = [leaves, index]
  while (level.length > 1) {
    const sibling = level[at ^ 1]
    if (sibling) path.push(sibling)
    level = raise(level)
    at >>= 1
  }
  return path
}

/** The root to which `path` leads from leaf `index` of `leafCount`; undefined when it is not as long as it must be. */
export function followPath(
  leaf: Uint8Array,
  path: readonly Uint8Array[],
  { index, leafCount }: { index: number; leafCount: number },
): Uint8Array | undefined {
  let [node, at, used] = [leaf, index, 0]
  for (let last = leafCount - 1; last > 0; last >>= 1) {
    if (at !== last || at & 1) {
      const sibling = path[used++]
      if (!sibling) return undefined
      node = at & 1 ? hashPair(sibling, node) : hashPair(node, sibling)
    }
    at >>= 1
  }
  return used === path.length ? node : undefined
}

function raise(level: readonly Uint8Array[]): Uint8Array[] {
  const next: Uint8Array[] = []
  for (let at = 0; at < level.length; at += 2) {
    const [left, right] = [level[at] as Uint8Array, level[at + 1]]
    next.push(right ? hashPair(left, right) : left)
  }
  return next
}

function hashPair(left: Uint8Array, right: Uint8Array): Uint8Array {
  return keccak_256(concatBytes(Uint8Array.of(1), left, right))
}

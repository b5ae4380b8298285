import { keccak_256 } from '@noble/hashes/sha3.js'
import { concatBytes } from '@noble/hashes/utils.js'

/** Bytes in one leaf: 256 entries of 32 bits. */
export const leafBytes = 1024

/**
 * keccak-256 Merkle root of a product, big-endian, in leaves of 1 KiB.
 *
 * Leaves are hashed behind a 0 byte and pairs behind a 1 byte, so that no inner node can pass for a leaf; an odd node
 * rises unchanged.
 */
export function merkleRoot(product: Uint32Array): Uint8Array {
  const bytes = new Uint8Array(product.length * 4)
  const view = new DataView(bytes.buffer)
  product.forEach((entry, index) => {
    view.setUint32(index * 4, entry)
  })
  let level: Uint8Array[] = []
  for (let at = 0; at < bytes.length; at += leafBytes)
    level.push(keccak_256(concatBytes(Uint8Array.of(0), bytes.subarray(at, at + leafBytes))))
  while (level.length > 1) {
    const next: Uint8Array[] = []
    for (let at = 0; at < level.length; at += 2) {
      const [left, right] = [level[at] as Uint8Array, level[at + 1]]
      next.push(right ? keccak_256(concatBytes(Uint8Array.of(1), left, right)) : left)
    }
    level = next
  }
  return level[0] as Uint8Array
}

import { keccak_256 } from '@noble/hashes/sha3.js'
import { concatBytes } from '@noble/hashes/utils.js'
import { type Hex, toBytes, toHex } from './hex.ts'

/**
 * The pick seed where nobody can send one: keccak-256 of (root ‖ nonce). Whoever committed to the root can try again with
 * another: docs/proof.md, "Inside a lease", says what that is worth.
 *
 * @param root The transcript of a sprint, or the root of a walk.
 */
export function ownPickSeed(root: Hex, nonce: Hex): Hex {
  return toHex(keccak_256(concatBytes(toBytes(root), toBytes(nonce))))
}

import { peerIdFromString } from '@libp2p/peer-id'
import { type Address, bytesToHex, getAddress, type Hex, hexToBytes, keccak256 } from 'viem'

/** The field of secp256k1, from SEC 2 §2.4.1; the curve is y² = x³ + 7. */
const field = 2n ** 256n - 2n ** 32n - 977n

/**
 * The Ethereum address of the key behind a peer id: what the ledger calls the machine key.
 *
 * @returns undefined when the peer's key is not of secp256k1, as with a renter's passing key.
 */
export function addressOfPeer(peerId: string): Address | undefined {
  const { publicKey } = peerIdFromString(peerId)
  if (publicKey?.type !== 'secp256k1') return undefined
  return getAddress(`0x${keccak256(decompress(publicKey.raw)).slice(-40)}`)
}

/** The 64 bytes of both coordinates from the 33 bytes of x and the sign of y; libp2p has checked that x is on the curve. */
function decompress(compressed: Uint8Array): Uint8Array {
  const x = BigInt(bytesToHex(compressed.subarray(1)))
  // p ≡ 3 (mod 4), so this power is the root.
  const root = power((x ** 3n + 7n) % field, (field + 1n) / 4n)
  const isOdd = compressed[0] === 3
  const y = (root % 2n === 1n) === isOdd ? root : field - root
  return hexToBytes(`0x${digits(x)}${digits(y)}` satisfies Hex)
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n
  for (let square = base, rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % field
    square = (square * square) % field
  }
  return result
}

function digits(value: bigint): string {
  return value.toString(16).padStart(64, '0')
}

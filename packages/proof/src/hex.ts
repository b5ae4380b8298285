import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'

/** Bytes as the ledger's tools write them: lower case behind 0x. */
export type Hex = `0x${string}`

export function toHex(bytes: Uint8Array): Hex {
  return `0x${bytesToHex(bytes)}`
}

export function toBytes(hex: string): Uint8Array {
  return hexToBytes(hex.slice(2))
}

/** Whether something that a peer sent is exactly `length` bytes of hex, in the one way of writing them. */
export function isHexOf(value: unknown, length: number): value is Hex {
  return typeof value === 'string' && value.length === 2 + 2 * length && /^0x[0-9a-f]*$/.test(value)
}

/** A whole number in `length` bytes, big-endian. */
export function toBigEndian(value: bigint | number, length: number): Uint8Array {
  return hexToBytes(value.toString(16).padStart(2 * length, '0'))
}

import type { Hex } from '@hotaru/proof'

/** Bytes as lower-case hex behind 0x: this program imports nothing but files, so not from the proof either. */
export function toHex(bytes: Uint8Array): Hex {
  return `0x${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`
}

/** The 8 words of 32 bytes of hex, little-endian, as kernels take them. */
export function toWords(hex: Hex): number[] {
  const bytes = Uint8Array.from({ length: 32 }, (_, at) => Number.parseInt(hex.slice(2 + 2 * at, 4 + 2 * at), 16))
  const view = new DataView(bytes.buffer)
  return Array.from({ length: 8 }, (_, at) => view.getUint32(4 * at, true))
}

import { BaseError } from '@hotaru/base'
import type { PrivateKey } from '@libp2p/interface'
import { type Hex, hexToBytes } from 'viem'

/** The libp2p identity of a secp256k1 private key. Throws `Link.InvalidKeyError`, which never quotes the key. */
export async function parseLinkKey(key: Hex): Promise<PrivateKey> {
  const { privateKeyFromRaw } = await import('@libp2p/crypto/keys')
  try {
    const bytes = hexToBytes(key)
    if (bytes.byteLength === 32) return privateKeyFromRaw(bytes)
  } catch {
    // The cause may quote the key.
  }
  throw new InvalidKeyError()
}

/** A passing identity, for an end whose name nobody has to know. */
export async function createLinkKey(): Promise<PrivateKey> {
  const { generateKeyPair } = await import('@libp2p/crypto/keys')
  return generateKeyPair('Ed25519')
}

export class InvalidKeyError extends BaseError {
  override readonly name = 'Link.InvalidKeyError'

  constructor() {
    super('Cannot use the link key: it is no private key of secp256k1, expected "0x" and 64 hexadecimal digits', {
      exitCode: 2,
    })
  }
}

import { keccak_256 } from '@noble/hashes/sha3.js'
import { utf8ToBytes } from '@noble/hashes/utils.js'
import { type Hex, toHex } from '../src/hex.ts'

/** Chance that can be played again: what is drawn depends on its seed alone. */
export type Chance = {
  /** 32 bytes. */
  random32(): Hex
  /** A whole number from 0, below `limit`. */
  below(limit: number): number
}

export function createChance(seed: string): Chance {
  let drawn = 0
  const next = () => keccak_256(utf8ToBytes(`${seed} ${drawn++}`))
  return {
    random32: () => toHex(next()),
    below: (limit) => new DataView(next().buffer).getUint32(0) % limit,
  }
}

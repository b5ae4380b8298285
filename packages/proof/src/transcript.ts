import { concatBytes } from '@noble/hashes/utils.js'
import { type Hex, toBigEndian, toBytes, toHex } from './hex.ts'
import { hashLeaf, merklePath, merkleRoot } from './merkle.ts'
import type { Round } from './rounds.ts'

/** What a machine posts to the ledger: the Merkle root over its rounds, slot by slot. */
export function transcriptRoot(rounds: readonly Round[]): Hex {
  return toHex(merkleRoot(rounds.map(hashRound)))
}

/** The siblings that lead from round `index` = slot · rounds + round to the transcript. */
export function roundPath(rounds: readonly Round[], index: number): Hex[] {
  return merklePath(rounds.map(hashRound), index).map(toHex)
}

/** A round as a leaf: slot (1 byte), round (2 bytes, big-endian), state and root. */
function hashRound({ slot, round, state, root }: Round): Uint8Array {
  return hashLeaf(concatBytes(toBigEndian(slot, 1), toBigEndian(round, 2), toBytes(state), toBytes(root)))
}

import { keccak_256 } from '@noble/hashes/sha3.js'
import { concatBytes } from '@noble/hashes/utils.js'
import { type Hex, toBigEndian, toBytes, toHex } from '../../src/hex.ts'

/** Whose vote, in which committee of which ledger. */
export type Ballot = { chainId: bigint; contract: Hex; committeeId: bigint; verifier: Hex; vote: Hex; salt: Hex }

/** What `Committees.commitmentOf` gives: keccak-256 of the six in their order, each in 32 bytes. */
export function commitmentOf({ chainId, contract, committeeId, verifier, vote, salt }: Ballot): Hex {
  const numbers = [chainId, BigInt(contract), committeeId, BigInt(verifier)].map((word) => toBigEndian(word, 32))
  return toHex(keccak_256(concatBytes(...numbers, toBytes(vote), toBytes(salt))))
}

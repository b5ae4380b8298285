import { type Hex, type LocalAccount, zeroHash } from 'viem'
import { commitVote } from '../commitVote.ts'
import type { Ledger } from '../createLedger.ts'
import { readCommittee } from '../readCommittee.ts'
import { revealVote } from '../revealVote.ts'
import { seatCommittee } from '../seatCommittee.ts'
import { signBeaconRound } from '../signBeaconRound.ts'

/** Verifiers that do as a test says. */
export type Court = {
  /** Draws a committee that was convened. */
  seat(committeeId: bigint): Promise<void>
  /** Has all of a seated committee vote: the same, or each his own, in the order of the court. */
  vote(committeeId: bigint, vote: Hex | readonly Hex[]): Promise<void>
}

/** A court of all verifiers of a ledger whose beacon is a key. */
export function createCourt(verifiers: readonly Ledger[], beacon: LocalAccount): Court {
  return {
    async seat(committeeId) {
      for (const verifier of verifiers.slice(0, 1)) {
        const { round } = await readCommittee(verifier, { committeeId })
        const { chainId, addresses } = verifier.deployment
        const proof = await signBeaconRound({ account: beacon, chainId, beacon: addresses.beacon, round })
        await seatCommittee(verifier, { committeeId, proof })
      }
    },
    async vote(committeeId, vote) {
      const ballotOf = (index: number) => ({
        ...{ committeeId, salt: zeroHash },
        vote: typeof vote === 'string' ? vote : (vote[index] ?? zeroHash),
      })
      for (const [index, verifier] of verifiers.entries()) await commitVote(verifier, ballotOf(index))
      for (const [index, verifier] of verifiers.entries()) await revealVote(verifier, ballotOf(index))
    },
  }
}

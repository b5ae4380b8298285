import type { Hex } from '../../src/hex.ts'
import { type Ballot, commitmentOf } from './commitmentOf.ts'

/** A committee's secret vote, as `Committees` of the ledger takes it: a call that would revert answers false. */
export type Committee = {
  commit(verifier: Hex, commitment: Hex): boolean
  closeCommits(): void
  reveal(ballot: Ballot): boolean
  /** The votes that were opened; a member that is not among them is fined. */
  votes(): ReadonlyMap<Hex, Hex>
}

/** Members commit, once each; when commits are closed they open what they committed to. */
export function createCommittee(members: readonly Hex[]): Committee {
  const commitments = new Map<Hex, Hex>()
  const votes = new Map<Hex, Hex>()
  let isOpen = true
  return {
    commit(verifier, commitment) {
      if (!isOpen || !members.includes(verifier) || commitments.has(verifier)) return false
      commitments.set(verifier, commitment)
      return true
    },
    closeCommits() {
      isOpen = false
    },
    reveal(ballot) {
      const { verifier, vote } = ballot
      if (isOpen || votes.has(verifier) || commitments.get(verifier) !== commitmentOf(ballot)) return false
      votes.set(verifier, vote)
      return true
    },
    votes: () => votes,
  }
}

import { committeesAbi } from '@hotaru/contracts'
import { type Address, type Hex, zeroHash } from 'viem'
import type { Ledger } from './createLedger.ts'
import { readCall } from './readCall.ts'
import { type CommitteePhase, committeePhases } from './states.ts'

/** A committee of drawn verifiers, as the ledger knows it. Times in unix seconds; 0 before it is seated. */
export type Committee = {
  id: bigint
  phase: CommitteePhase
  members: readonly Address[]
  /** The beacon round that draws it. */
  round: bigint
  seed: Hex
  seatUntil: number
  commitUntil: number
  revealUntil: number
  committed: number
  revealed: number
  /** The opened votes, in the order of the draw. */
  votes: readonly { verifier: Address; vote: Hex }[]
}

/** Reads a committee with its members. */
export async function readCommittee(ledger: Ledger, { committeeId }: { committeeId: bigint }): Promise<Committee> {
  const [raw, phase, members, [voters, votes]] = await readCall(
    ledger,
    `read committee "${committeeId}"`,
    (client, addresses) => {
      const at = { abi: committeesAbi, address: addresses.committees, args: [committeeId] } as const
      return Promise.all([
        client.readContract({ ...at, functionName: 'committee' }),
        client.readContract({ ...at, functionName: 'phaseOf' }),
        client.readContract({ ...at, functionName: 'membersOf' }),
        client.readContract({ ...at, functionName: 'votesOf' }),
      ])
    },
  )
  const { round, seed, seatUntil, commitUntil, revealUntil, committed, revealed } = raw
  return {
    ...{ id: committeeId, phase: committeePhases[phase] ?? 'none', members, round, seed },
    ...{ seatUntil, commitUntil, revealUntil, committed, revealed },
    votes: voters.map((verifier, index) => ({ verifier, vote: votes[index] ?? zeroHash })),
  }
}

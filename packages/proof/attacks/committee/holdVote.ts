import type { Chance } from '../createChance.ts'
import { commitmentOf } from './commitmentOf.ts'
import { createCommittee } from './createCommittee.ts'
import { drawMembers } from './drawMembers.ts'
import { addressOf, house, verifiers, votes } from './setting.ts'

/**
 * Draws a committee of five and holds its vote: what two thirds of the seated, rounded up, say decides
 * (`Audits._outcomeOf`).
 *
 * @param voteOf What verifier number i votes; nothing when it stays silent.
 * @returns The verdict; none when too few say the same. And how many are fined for their silence.
 */
export function holdVote(
  chance: Chance,
  voteOf: (verifier: number) => 'pass' | 'fail' | undefined,
): { verdict: 'pass' | 'fail' | undefined; fined: number } {
  const committeeId = BigInt(chance.below(2 ** 31))
  const drawn = drawMembers(chance.random32(), committeeId, { size: seats, tickets: verifiers })
  const members = drawn.map((verifier) => ({ address: addressOf(verifier), choice: voteOf(verifier) }))
  const committee = createCommittee(members.map(({ address }) => address))
  const ballots = members.flatMap(({ address: verifier, choice }) =>
    choice ? [{ ...house, committeeId, verifier, vote: votes[choice], salt: chance.random32() }] : [],
  )
  for (const ballot of ballots) committee.commit(ballot.verifier, commitmentOf(ballot))
  committee.closeCommits()
  for (const ballot of ballots) committee.reveal(ballot)

  const opened = [...committee.votes().values()]
  const quorum = Math.floor((2 * seats + 2) / 3)
  const verdict = (['fail', 'pass'] as const).find(
    (choice) => opened.filter((vote) => vote === votes[choice]).length >= quorum,
  )
  return { verdict, fined: seats - opened.length }
}

/** `Audits.ADMISSION_SIZE`. */
const seats = 5

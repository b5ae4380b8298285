import { decodeJudgement } from '@hotaru/protocol'
import type { Committee } from '@hotaru/sdk'
import { formatTime } from './formatTime.ts'

/** The committee of a fault, its clock, and what each member has opened. */
export function committeeFields(committee: Committee): (readonly [string, string])[] {
  const { members, votes } = committee
  return [
    committeeField(committee),
    ...members.map((member) => {
      const vote = votes.find(({ verifier }) => verifier === member)?.vote
      return ['  verifier', `${member} ${vote === undefined ? 'has opened no vote' : describeJudgement(vote)}`] as const
    }),
  ]
}

/** Where a committee stands, and until when. */
export function committeeField(committee: Committee): readonly [string, string] {
  const { id, phase, members, committed, revealed, seatUntil, commitUntil, revealUntil } = committee
  const deadlines: Partial<Record<Committee['phase'], string>> = {
    convened: `to be drawn until ${formatTime(seatUntil)}`,
    committing: `${committed} of ${members.length} have voted in secret, until ${formatTime(commitUntil)}`,
    revealing: `${revealed} of ${committed} votes are opened, until ${formatTime(revealUntil)}`,
  }
  return ['committee', [`${id} is ${phase}`, deadlines[phase]].filter(Boolean).join(', ')]
}

function describeJudgement(vote: `0x${string}`): string {
  const judgement = decodeJudgement(vote)
  if (!judgement) return 'said nothing that counts'
  return judgement.guilty ? `guilty, since ${formatTime(judgement.since)}` : 'innocent'
}

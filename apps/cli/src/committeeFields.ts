import { decodeJudgement, decodeVerdict, formatClass } from '@hotaru/protocol'
import type { Committee } from '@hotaru/sdk'
import { formatTime } from './formatTime.ts'

/** A committee, its clock, and what each member has opened. */
export function committeeFields(committee: Committee, on: 'audit' | 'fault'): (readonly [string, string])[] {
  const { id, phase, members, committed, revealed, seatUntil, commitUntil, revealUntil, votes } = committee
  const deadlines: Partial<Record<Committee['phase'], string>> = {
    convened: `to be drawn until ${formatTime(seatUntil)}`,
    committing: `${committed} of ${members.length} have voted in secret, until ${formatTime(commitUntil)}`,
    revealing: `${revealed} of ${committed} votes are opened, until ${formatTime(revealUntil)}`,
  }
  const describe = on === 'audit' ? describeVerdict : describeJudgement
  return [
    ['committee', [`${id} is ${phase}`, deadlines[phase]].filter(Boolean).join(', ')],
    ...members.map((member) => {
      const vote = votes.find(({ verifier }) => verifier === member)?.vote
      return ['  verifier', `${member} ${vote === undefined ? 'has opened no vote' : describe(vote)}`] as const
    }),
  ]
}

function describeVerdict(vote: `0x${string}`): string {
  const verdict = decodeVerdict(vote)
  if (!verdict) return 'said nothing that counts'
  return verdict.passed ? `passed it as ${formatClass(verdict.class)}` : 'failed it'
}

function describeJudgement(vote: `0x${string}`): string {
  const judgement = decodeJudgement(vote)
  if (!judgement) return 'said nothing that counts'
  return judgement.guilty ? `guilty, since ${formatTime(judgement.since)}` : 'innocent'
}

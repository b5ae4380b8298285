import { committeePhases } from '../states.ts'
import { onlyBy, plainly } from './phrases.ts'
import type { Refusals } from './Refusals.ts'

/** Why a verifier, its vote or a committee is refused. */
export const committees: Refusals<'Committees'> = {
  Committees_AlreadyCommitted: ({ text }) => ({
    sentence: `${text('verifier')} has committed to a vote in committee ${text('committeeId')}, expected one vote`,
  }),
  Committees_AlreadyRevealed: ({ text }) => ({
    sentence: `${text('verifier')} has opened its vote in committee ${text('committeeId')}, expected it once`,
  }),
  Committees_NotCommitted: ({ text }) => ({
    sentence: `${text('verifier')} has committed to no vote in committee ${text('committeeId')}, expected a commitment before its end`,
  }),
  Committees_NotConvener: onlyBy('the contract that convenes the committee: audits or faults'),
  Committees_NotMember: ({ text }) => ({
    sentence: `${text('caller')} was not drawn into committee ${text('committeeId')}, expected a member`,
  }),
  Committees_NotTheCommittedVote: ({ text }) => ({
    sentence: `vote and salt give ${text('opened')}, expected ${text('commitment')}, the commitment in committee ${text('committeeId')}`,
    hint: 'open the vote with the salt that it was committed with',
  }),
  Committees_NotVerifier: ({ text }) => ({
    sentence: `${text('account')} is no verifier, expected an enrolled one`,
    hint: 'deposit the verifier stake and enroll first',
  }),
  Committees_SeedDelayOutOfBounds: ({ span }) => ({
    sentence: `the seed would come ${span('delay')} after the request, expected at most ${span('max')}`,
  }),
  Committees_SizeOutOfBounds: ({ text }) => ({
    sentence: `the committee would have ${text('size')} members, expected ${text('min')} to ${text('max')}`,
  }),
  Committees_StillUnbonding: ({ text, time }) => ({
    sentence: `the stake of ${text('verifier')} unbonds until ${time('releasableAt')}, expected to be after that`,
    hint: 'enroll again then',
    retry: 'later',
  }),
  Committees_TicketsOutOfBounds: ({ text }) => ({
    sentence: `the verifier would have ${text('tickets')} tickets of the draw, expected 1 to ${text('max')}`,
  }),
  Committees_VoteEmpty: plainly('the vote is zero, expected one that says something'),
  Committees_WrongPhase: ({ text, committeePhase, number }) => ({
    sentence: `committee ${text('committeeId')} is ${committeePhase('phase')}, expected a phase in which this can be done`,
    ...(committeePhases[number('phase')] === 'convened' && { retry: 'later' }),
  }),
}

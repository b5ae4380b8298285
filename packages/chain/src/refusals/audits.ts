import { auditStates, committeePhases } from '../states.ts'
import { onlyByMachine, plainly } from './phrases.ts'
import type { Refusals } from './Refusals.ts'

/** Why an audit, or a proof against one, is refused. */
export const audits: Refusals<'Audits'> = {
  Audits_AlreadyPosted: ({ text }) => ({
    sentence: `audit ${text('auditId')} has transcript ${text('transcript')}, expected one post for a committee`,
  }),
  Audits_AlreadyPunished: ({ text }) => ({
    sentence: `the verifiers who passed a wrong entry in audit ${text('auditId')} have paid for it, expected to be the first to prove it`,
  }),
  Audits_ChainHolds: ({ text }) => ({
    sentence: `round ${text('round')} of slot ${text('slot')} leads to the round after it in audit ${text('auditId')}, expected a broken chain`,
  }),
  Audits_ChallengeNotOpen: ({ text, time }) => ({
    sentence: `proofs against audit ${text('auditId')} count from ${time('opensAt')} on, expected to be after that`,
    hint: 'until then the machine may say that its wrong answer was a ringer',
    retry: 'later',
  }),
  Audits_ChallengeOutOfBounds: ({ text }) => ({
    sentence: `the challenge has ${text('rounds')} rounds of size ${text('n')}, expected a few rounds and a power of two within its bounds`,
  }),
  Audits_ChallengeOver: ({ text, time }) => ({
    sentence: `proofs against audit ${text('auditId')} counted until ${time('overAt')}, expected one before that`,
  }),
  Audits_EntryRight: ({ text }) => ({
    sentence: `entry (${text('row')}, ${text('column')}) of audit ${text('auditId')} is ${text('value')} as it should be, expected a wrong one`,
  }),
  Audits_InProgress: ({ text }) => ({
    sentence: `audit ${text('auditId')} of machine ${text('machineId')} is not over, expected one audit at a time`,
    hint: 'wait for its verdict',
    retry: 'later',
  }),
  Audits_MachineNotOnNetwork: ({ text, machineState }) => ({
    sentence: `machine ${text('machineId')} is ${machineState('state')}, expected a machine on the network`,
  }),
  Audits_NoRinger: ({ text }) => ({
    sentence: `audit ${text('auditId')} was requested with ringer ${text('ringer')}, expected it to be ${text('opened')} as the salt says`,
  }),
  Audits_NoTick: ({ text }) => ({
    sentence: `beacon round ${text('round')} begins no tick, expected the first round of one`,
  }),
  Audits_NotHit: ({ text }) => ({
    sentence: `chance does not hit machine ${text('machineId')} in beacon round ${text('round')}, expected a round that does`,
  }),
  Audits_NotInProduct: ({ text }) => ({
    sentence: `the leaf of entry (${text('row')}, ${text('column')}) is not in the product of audit ${text('auditId')}, expected it as the machine committed to it`,
  }),
  Audits_NotInTranscript: ({ text }) => ({
    sentence: `round ${text('round')} of slot ${text('slot')} is not in the transcript of audit ${text('auditId')}, expected it as the machine posted it`,
  }),
  Audits_NotMachine: onlyByMachine,
  Audits_NotPicked: ({ text }) => ({
    sentence: `the entry is of round ${text('round')} of audit ${text('auditId')}, expected round ${text('pickedRound')}, which chance picked`,
  }),
  Audits_NotVerifier: ({ text }) => ({
    sentence: `${text('caller')} has no ticket, expected a verifier that is enrolled`,
    hint: 'enroll as a verifier first',
  }),
  Audits_PairOfOne: ({ text }) => ({
    sentence: `machine ${text('machineId')} is paired with itself, expected two machines`,
  }),
  Audits_PairTooSoon: ({ text, time }) => ({
    sentence: `verifier ${text('verifier')} may ask for the next pair at ${time('allowedAt')}, expected to be after that`,
    retry: 'later',
  }),
  Audits_PickDelayOutOfBounds: ({ span }) => ({
    sentence: `the picks would come ${span('delay')} after the transcript, expected at most ${span('max')}`,
  }),
  Audits_RingerPeriodOver: ({ text, time }) => ({
    sentence: `audit ${text('auditId')} could be opened as a ringer until ${time('overAt')}, expected it before that`,
  }),
  Audits_RoundsApart: ({ text }) => ({
    sentence: `round ${text('nextRound')} of slot ${text('nextSlot')} does not follow round ${text('round')} of slot ${text('slot')}, expected two rounds in a row of one slot`,
  }),
  Audits_StartHolds: ({ text }) => ({
    sentence: `round ${text('round')} of slot ${text('slot')} in audit ${text('auditId')} shows no false start, expected a first round that begins elsewhere than at the seed`,
  }),
  Audits_TickNotNow: ({ text, time }) => ({
    sentence: `beacon round ${text('round')} can be used from ${time('publishedAt')} to ${time('usableUntil')}, expected to be between`,
    hint: 'use the latest round that begins a tick',
  }),
  Audits_TickUsed: ({ text }) => ({
    sentence: `chance has asked for an audit of machine ${text('machineId')} by beacon round ${text('lastRound')}, expected a later round`,
  }),
  Audits_TooSoon: ({ text, time }) => ({
    sentence: `the next audit of machine ${text('machineId')} may be requested at ${time('allowedAt')}, expected to be after that`,
    retry: 'later',
  }),
  Audits_TranscriptEmpty: plainly('the transcript is zero, expected the root of an answer'),
  Audits_WrongPhase: ({ text, committeePhase, number }) => ({
    sentence: `the committee of audit ${text('auditId')} is ${committeePhase('phase')}, expected a phase in which this can be done`,
    ...(awaited.has(committeePhases[number('phase')]) && { retry: 'later' }),
  }),
  Audits_WrongState: ({ text, auditState, number }) => ({
    sentence: `audit ${text('auditId')} is ${auditState('state')}, expected a state in which this can be done`,
    ...(auditStates[number('state')] === 'requested' && { retry: 'later' }),
  }),
}

/** Phases after which another comes in which an audit goes on: a transcript is posted while a committee commits. */
const awaited: ReadonlySet<string | undefined> = new Set(['convened', 'committing'])

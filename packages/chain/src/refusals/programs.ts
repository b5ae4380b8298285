import { onlyByMachine, plainly } from './phrases.ts'
import type { Refusals } from './Refusals.ts'

/** Why a reward programme, or a machine in one, is refused. */
export const programs: Refusals<'Programs'> = {
  Programs_AlreadyJoined: ({ text }) => ({
    sentence: `machine ${text('machineId')} takes part in programme ${text('programId')}, expected it to join once`,
  }),
  Programs_BudgetTooSmall: ({ text }) => ({
    sentence: `${text('arrived')} units of the programme’s token arrived, expected at least ${text('perEpoch')}, the pay of one epoch`,
    hint: 'choose a token that takes no fee when it is sent, or more epochs',
  }),
  Programs_EpochsInvalid: ({ text }) => ({
    sentence: `the programme would run from epoch ${text('fromEpoch')} up to ${text('untilEpoch')}, expected a beginning after epoch ${text('currentEpoch')}, which is now, and an end after it`,
  }),
  Programs_NameTooLong: ({ text }) => ({
    sentence: `the name has ${text('length')} bytes, expected at most ${text('max')}`,
  }),
  Programs_NotJoined: ({ text }) => ({
    sentence: `machine ${text('machineId')} does not take part in programme ${text('programId')}, expected it to`,
    hint: 'join the programme first',
  }),
  Programs_NotMachine: onlyByMachine,
  Programs_NotSponsor: ({ text }) => ({
    sentence: `${text('caller')} does not fund programme ${text('programId')}, expected its sponsor`,
  }),
  Programs_Over: ({ text }) => ({
    sentence: `programme ${text('programId')} pays up to epoch ${text('untilEpoch')}, expected an epoch left to join for`,
    hint: 'choose another programme',
  }),
  Programs_PaysNothing: plainly('the programme would pay nothing, expected pay for an epoch, and for work a price'),
  Programs_Refused: ({ text }) => ({
    sentence: `the sponsor’s rules do not let machine ${text('machineId')} into programme ${text('programId')}, expected a machine that they allow`,
    hint: 'ask the sponsor which machines may join',
  }),
  Programs_StillClaimable: ({ text }) => ({
    sentence: `machines can claim from programme ${text('programId')} until epoch ${text('untilEpoch')}, expected to be after that`,
    retry: 'later',
  }),
  Programs_TooMany: ({ text }) => ({
    sentence: `machine ${text('machineId')} takes part in ${text('max')} programmes, expected fewer to join another`,
    hint: 'leave a programme first',
  }),
  Programs_Unknown: ({ text }) => ({
    sentence: `there is no programme ${text('programId')}, expected one that was created`,
  }),
}

import { committeePhases, faultStates } from '../states.ts'
import type { Refusals } from './Refusals.ts'

/** Why a report of a fault, or what follows from one, is refused. */
export const faults: Refusals<'Faults'> = {
  Faults_AlreadyOpen: ({ text, has }) => ({
    sentence: `fault ${text('faultId')} of machine ${text('machineId')}${has('leaseId') ? ` and lease ${text('leaseId')}` : ''} is open and the machine not back, expected one report at a time`,
    hint: 'follow the fault that is open',
    retry: 'later',
  }),
  Faults_AlreadyRecovered: ({ text, time }) => ({
    sentence: `the machine of fault ${text('faultId')} was back at ${time('until')}, expected that to be said once`,
  }),
  Faults_AppealPeriodOver: ({ text, time }) => ({
    sentence: `fault ${text('faultId')} could be appealed until ${time('overAt')}, expected an appeal before that`,
  }),
  Faults_CommitteeNotOver: ({ text, committeePhase, number }) => ({
    sentence: `committee ${text('committeeId')} of fault ${text('faultId')} is ${committeePhase('phase')}, expected "over"`,
    ...(committeePhases[number('phase')] !== 'dismissed' && { retry: 'later' }),
  }),
  Faults_Final: ({ text }) => ({
    sentence: `the verdict on fault ${text('faultId')} came of an appeal, expected one that was not appealed yet`,
  }),
  Faults_NotLoser: ({ text }) => ({
    sentence: `the verdict on fault ${text('faultId')} does not go against ${text('caller')}, expected the owner of a guilty machine or the reporter of an innocent one`,
  }),
  Faults_NotOnMachine: ({ text }) => ({
    sentence: `lease ${text('leaseId')} is not on machine ${text('machineId')}, expected a lease of that machine`,
    hint: 'name the machine of the lease, or report without the lease',
  }),
  Faults_NotOnNetwork: ({ text, machineState }) => ({
    sentence: `machine ${text('machineId')} is ${machineState('state')}, expected a machine on the network`,
  }),
  Faults_NotOwnerOrKey: ({ text }) => ({
    sentence: `${text('caller')} is neither owner nor key of the machine of fault ${text('faultId')}, expected one of them`,
  }),
  Faults_NotRenter: ({ text }) => ({
    sentence: `${text('caller')} did not open lease ${text('leaseId')}, expected its renter`,
    hint: 'use the wallet that opened the lease, or report without the lease',
  }),
  Faults_SinceOutOfBounds: ({ time }) => ({
    sentence: `the fault would have begun at ${time('since')}, expected a time from ${time('earliest')} to ${time('latest')}`,
    hint: 'it begins within the lease, not too long ago and after the last fault was over',
  }),
  Faults_StillAppealable: ({ text, time }) => ({
    sentence: `the verdict on fault ${text('faultId')} can be appealed until ${time('finalAt')}, expected to be after that`,
    retry: 'later',
  }),
  Faults_Unknown: ({ text }) => ({ sentence: `there is no fault ${text('faultId')}, expected one that was reported` }),
  Faults_WrongState: ({ text, faultState, number }) => ({
    sentence: `fault ${text('faultId')} is ${faultState('state')}, expected a state in which this can be done`,
    ...(undecided.has(faultStates[number('state')]) && { hint: 'wait for the verdict', retry: 'later' }),
  }),
}

/** States in which a committee is at work. */
const undecided: ReadonlySet<string | undefined> = new Set(['reported', 'appealed'])

import { leaseStates } from '@hotaru/protocol'
import { onlyBy } from './phrases.ts'
import type { Refusals } from './Refusals.ts'

/** Why a lease, or what is done with one, is refused. */
export const leases: Refusals<'Leases'> = {
  Leases_AcceptWindowOver: ({ time }) => ({
    sentence: `the acceptance window ended at ${time('overAt')}, expected a reject before that`,
    hint: '`hotaru lease stop` refunds the unused seconds',
  }),
  Leases_DurationOutOfBounds: ({ text }) => ({
    sentence: `the duration is ${text('duration')} seconds, expected ${text('min')} to ${text('max')}`,
    hint: 'choose a duration that the offer allows',
  }),
  Leases_ExtensionOutOfBounds: ({ text }) => ({
    sentence: `lease ${text('leaseId')} would be extended by ${text('duration')} seconds, expected 1 to ${text('max')}`,
    hint: 'lease again when it ends, for longer than its terms allow',
  }),
  Leases_FeeTooHigh: ({ text, percent, has }) => ({
    sentence: !has('operatorId')
      ? `there is a fee of ${percent('feeBps')} and no operator, expected an operator or no fee`
      : has('capBps')
        ? `the fee is ${percent('feeBps')}, expected at most ${percent('capBps')}, the cap of operator ${text('operatorId')}`
        : `operator ${text('operatorId')} is unknown or takes no fee, expected one that takes ${percent('feeBps')}`,
  }),
  Leases_NotFaults: onlyBy('the contract of faults'),
  Leases_NotMachine: ({ text }) => ({
    sentence: `${text('caller')} is neither owner nor key of the machine of lease ${text('leaseId')}, expected one of them`,
  }),
  Leases_NotOnDemand: ({ text }) => ({
    sentence: `the lease on machine ${text('machineId')} would be preemptible itself, expected one on demand to push others out`,
  }),
  Leases_NotOrders: onlyBy('the contract of signed orders'),
  Leases_NotPreemptible: ({ text, leaseState }) => ({
    sentence: `lease ${text('leaseId')} is ${leaseState('state')} and cannot be pushed out, expected a preemptible one, not over, on the slots wanted`,
    hint: 'look at what is leased now, then choose others to push out, or another machine',
  }),
  Leases_NotPurser: onlyBy('the contract of machines or of operators'),
  Leases_NotRenter: ({ text }) => ({
    sentence: `${text('caller')} does not control lease ${text('leaseId')}, expected its renter`,
    hint: 'use the wallet that opened the lease',
  }),
  Leases_PurseEmpty: ({ text }) => ({ sentence: `purse ${text('purse')} is empty, expected something to pay out` }),
  Leases_RateTooHigh: ({ tokens }) => ({
    sentence: `the rent is ${tokens('rate')} a second, expected at most ${tokens('maxRate')}`,
    hint: 'the token’s price moved; ask for a new quote',
    retry: 'later',
  }),
  Leases_SelfReferral: ({ text }) => ({
    sentence: `${text('renter')} is operator ${text('operatorId')} itself, expected an operator that brought someone else`,
    hint: 'lease without an operator',
  }),
  Leases_SlotsBusy: ({ text, slots }) => ({
    sentence: `another lease or a quote holds slots of machine ${text('machineId')} (${slots('busy')}), expected them free`,
    hint: 'choose other slots or another machine',
    retry: 'elsewhere',
  }),
  Leases_SlotsInvalid: ({ text, slots }) => ({
    sentence: `the slots are ${slots('slots')}, expected some of the ${text('machineSlots')} of machine ${text('machineId')}, counted from 0`,
  }),
  Leases_StartTooEarly: ({ text, time }) => ({
    sentence: `lease ${text('leaseId')} can start at ${time('startsAt')}, when the one that it pushed out is gone, expected to be after that`,
    retry: 'later',
  }),
  Leases_StartWindowOver: ({ time }) => ({
    sentence: `the lease had to start by ${time('overAt')}, expected a start before that`,
    hint: 'close it: the renter gets everything back',
  }),
  Leases_TooManyRejects: ({ time }) => ({
    sentence: `the rejects of the day are used up, expected to wait until ${time('allowedAt')}`,
    hint: '`hotaru lease stop` refunds the unused seconds',
    retry: 'later',
  }),
  Leases_Unknown: ({ text }) => ({ sentence: `there is no lease ${text('leaseId')}, expected one that was opened` }),
  Leases_WindowTooShort: ({ text, span, time }) => ({
    sentence: `machine ${text('machineId')} is open until ${time('openUntil')}, expected ${span('duration')} and the time to start before its hours or its maintenance end the lease`,
    hint: 'choose a shorter time or another machine',
    retry: 'elsewhere',
  }),
  Leases_WrongState: ({ text, leaseState, number }) => ({
    sentence: `lease ${text('leaseId')} is ${leaseState('state')}, expected a state in which this can be done`,
    ...(leaseStates[number('state')] === 'open' && { hint: 'wait until the machine has started it', retry: 'later' }),
  }),
}

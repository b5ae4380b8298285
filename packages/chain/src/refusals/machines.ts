import { onlyBy, onlyByMachine, plainly } from './phrases.ts'
import type { Refusals } from './Refusals.ts'

/** Why a machine, or what is done with one, is refused. */
export const machines: Refusals<'Machines'> = {
  Machines_AuditStale: ({ text }) => ({
    sentence: `machine ${text('machineId')} has no fresh audit, expected one that passed`,
    hint: 'choose another machine, or wait for its audit',
    retry: 'elsewhere',
  }),
  Machines_KeySignatureInvalid: ({ text }) => ({
    sentence: `the key signature is by ${text('signer')}, expected ${text('key')} to sign for this owner`,
  }),
  Machines_KeyTaken: ({ text }) => ({
    sentence: `key ${text('key')} signs for machine ${text('machineId')}, expected a new key`,
  }),
  Machines_MaintenanceInvalid: ({ time }) => ({
    sentence: `maintenance would be from ${time('from')} to ${time('until')}, expected a beginning at ${time('earliest')} or later and an end after it`,
    hint: 'announce it in time, for when the leases are over',
  }),
  Machines_MaintenancePlanned: ({ text, time }) => ({
    sentence: `machine ${text('machineId')} has maintenance from ${time('from')} to ${time('until')}, expected one at a time`,
    retry: 'later',
  }),
  Machines_MaintenanceTooLong: ({ text, span }) => ({
    sentence: `maintenance of machine ${text('machineId')} would take ${span('duration')}, expected at most ${span('left')}, what is left of the month’s`,
  }),
  Machines_NotAudits: onlyBy('the contract of audits'),
  Machines_NotJudge: onlyBy('the contract of audits or of faults'),
  Machines_NotKey: ({ text }) => ({
    sentence: `${text('caller')} is not the key of machine ${text('machineId')}, expected its key`,
  }),
  Machines_NotOffered: ({ text, has }) => ({
    sentence: has('preemptible')
      ? `machine ${text('machineId')} offers no preemptible leases, expected a machine that does`
      : `machine ${text('machineId')} offers preemptible leases only, expected a machine to have on demand`,
    hint: 'choose another machine',
    retry: 'elsewhere',
  }),
  Machines_NotOnNetwork: ({ text, machineState }) => ({
    sentence: `machine ${text('machineId')} is ${machineState('state')}, expected a machine on the network`,
  }),
  Machines_NotOnline: ({ text, machineState }) => ({
    sentence: `machine ${text('machineId')} is ${machineState('state')}, expected "online"`,
    hint: 'choose another machine',
    retry: 'elsewhere',
  }),
  Machines_NotOwner: ({ text }) => ({
    sentence: `${text('caller')} does not own machine ${text('machineId')}, expected its owner`,
    hint: 'use the wallet that holds the deed',
  }),
  Machines_NotOwnerOrKey: onlyByMachine,
  Machines_NothingToPrune: ({ text, time, has }) => ({
    sentence: has('classUntil')
      ? `the class of machine ${text('machineId')} holds until ${time('classUntil')} or is not counted, expected one that ran out and is`
      : `machine ${text('machineId')} has no class, expected one that ran out and is counted`,
  }),
  Machines_OfferChanged: ({ text }) => ({
    sentence: `machine ${text('machineId')} has changed its offer, expected the terms that were shown`,
    hint: 'look at the new terms with `hotaru offer search`, then try again',
    retry: 'elsewhere',
  }),
  Machines_OfferInvalid: plainly(
    'the offer has no price, no sensible times, no such tier or no such time zone, expected a whole offer',
  ),
  Machines_Silent: ({ text, time }) => ({
    sentence: `machine ${text('machineId')} was due to be heard from by ${time('silentAfter')}, expected a heartbeat since`,
    hint: 'choose another machine',
    retry: 'elsewhere',
  }),
  Machines_SlotsBusy: ({ text, slots }) => ({
    sentence: `leases hold slots of machine ${text('machineId')} (${slots('busy')}), expected all free`,
    hint: 'pause the machine, and exit when its leases are over',
    retry: 'later',
  }),
  Machines_SlotsOutOfBounds: ({ text }) => ({
    sentence: `the machine has ${text('slots')} slots, expected 1 to ${text('max')}`,
  }),
  Machines_StakeTooSmall: ({ text, tokens }) => ({
    sentence: `${tokens('missing')} of the stake of machine ${text('machineId')} are missing, expected the whole stake`,
    hint: 'deposit stake and fill the machine’s up, then resume',
  }),
  Machines_TextTooLong: ({ text }) => ({
    sentence: `the endpoint or claim has ${text('length')} bytes, expected at most ${text('max')}`,
  }),
  Machines_WrongState: ({ text, machineState }) => ({
    sentence: `machine ${text('machineId')} is ${machineState('state')}, expected the other state`,
  }),
}

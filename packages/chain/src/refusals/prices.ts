import { onlyBy } from './phrases.ts'
import type { Refusals } from './Refusals.ts'

/** Why a price, or whoever reports it, is refused. */
export const prices: Refusals<'Prices'> = {
  Prices_AlreadyEnrolled: ({ text }) => ({
    sentence: `${text('reporter')} reports already, expected a reporter to enroll once`,
  }),
  Prices_AlreadyProved: ({ text, time }) => ({
    sentence: `it is proved what ${text('reporter')} signed for ${time('observedAt')}, expected a contradiction that is new`,
  }),
  Prices_MovedTooFar: ({ usd }) => ({
    sentence: `the price ${usd('usdPerToken')} is too far from ${usd('anchor')}, expected a move of at most ${usd('slack')}`,
    hint: 'wait: the longer ago the last price, the further it may move',
    retry: 'later',
  }),
  Prices_NoMajority: ({ text }) => ({
    sentence: `${text('observations')} observations were posted, expected at least ${text('needed')}, a majority of the reporters`,
    hint: 'wait until more reporters have signed',
    retry: 'later',
  }),
  Prices_NotAdmitted: ({ text }) => ({
    sentence: `${text('caller')} is not admitted as a reporter, expected one whom governance has admitted`,
    hint: 'make the admission a proposal of governance',
  }),
  Prices_NotEnrolled: ({ text }) => ({
    sentence: `${text('account')} is no reporter with stake, expected an enrolled one`,
    hint: 'check who signed, and that it has enrolled',
  }),
  Prices_NotEquivocal: ({ text }) => ({
    sentence: `${text('reporter')} does not contradict itself, expected two prices for one second`,
  }),
  Prices_NotGovernance: onlyBy('governance, by a proposal'),
  Prices_NotSigner: ({ text }) => ({
    sentence: `the observation was signed by ${text('signer')}, expected ${text('reporter')}`,
  }),
  Prices_ObservationOutOfBounds: ({ text, time }) => ({
    sentence: `${text('reporter')} observed the price at ${time('observedAt')}, expected a time from ${time('earliest')} to ${time('latest')}, newer than its last`,
    hint: 'post observations that were signed just now',
  }),
  Prices_ReporterUnchanged: ({ text, has }) => ({
    sentence: has('admitted')
      ? `${text('reporter')} is admitted already, expected a new reporter`
      : `${text('reporter')} is not admitted, expected a reporter to let go`,
  }),
  Prices_SignersNotAscending: ({ text }) => ({
    sentence: `the observation of ${text('signer')} comes after that of ${text('previous')}, expected each signer once, ordered by address`,
  }),
  Prices_Stale: ({ time, has }) => ({
    sentence: has('freshUntil')
      ? `the token’s price went stale at ${time('freshUntil')}, expected posts of a majority of the reporters`
      : 'the token has no price yet, expected a post of a majority of the reporters',
    hint: 'wait for the reporters; on a local network restart it',
    retry: 'later',
  }),
  Prices_StillUnbonding: ({ text, time }) => ({
    sentence: `the stake of ${text('reporter')} unbonds until ${time('releasableAt')}, expected to be after that`,
    hint: 'enroll again then',
    retry: 'later',
  }),
  Prices_TooManyReporters: ({ text }) => ({
    sentence: `there would be ${text('reporters')} reporters, expected at most ${text('max')}`,
    hint: 'let another one go first',
  }),
  Prices_Zero: ({ text }) => ({
    sentence: `${text('reporter')} says that the token is worth nothing, expected a price above zero`,
  }),
}

import { plainly } from './phrases.ts'
import type { Refusals } from './Refusals.ts'

/** Why randomness is refused. */
export const beacons: Refusals<'Beacon'> = {
  Beacon_KeyInvalid: plainly('the key is no point of its group, expected the public key of a beacon'),
  Beacon_PeriodInvalid: ({ text }) => ({
    sentence: `the beacon has a round every ${text('period')} seconds, expected at least 1`,
  }),
  Beacon_ProofInvalid: ({ text }) => ({
    sentence: `the proof is not the beacon’s for round ${text('round')}, expected the beacon’s signature of that round`,
    hint: 'fetch the round again, from another mirror of the beacon',
  }),
  Beacon_RoundUnknown: ({ text }) => ({
    sentence: `round ${text('round')} is never published, expected 1 or a later one`,
  }),
}

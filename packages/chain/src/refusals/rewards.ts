import { onlyBy } from './phrases.ts'
import type { Refusals } from './Refusals.ts'

/** Why a reward, or an epoch of rewards, is refused. */
export const rewards: Refusals<'Rewards' | 'Epochs'> = {
  Epochs_LengthOutOfBounds: ({ span }) => ({
    sentence: `an epoch would last ${span('epochSeconds')}, expected ${span('min')} to ${span('max')}`,
  }),
  Epochs_NotRolled: ({ text }) => ({
    sentence: `epoch ${text('epoch')} is not closed yet, expected one before ${text('nextEpoch')}`,
    hint: 'roll the epochs that are over first; anyone may',
    retry: 'later',
  }),
  Rewards_KappaOutOfBounds: ({ percent }) => ({
    sentence: `κ would be ${percent('kappaBps')}, expected ${percent('min')} to ${percent('max')}`,
  }),
  Rewards_NotCommittees: onlyBy('the contract of committees'),
  Rewards_NotGovernance: onlyBy('governance, by a proposal'),
  Rewards_NotMachines: onlyBy('the contract of machines'),
}

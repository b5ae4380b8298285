import type { Refusals } from './Refusals.ts'

/** Why the guardian, or what the guardian has paused, is refused. */
export const guardian: Refusals<'Guardian'> = {
  Guardian_NotGuardian: ({ text }) => ({ sentence: `${text('caller')} is not the guardian, expected the guardian` }),
  Guardian_PauseOutOfBounds: ({ time }) => ({
    sentence: `the pause would end at ${time('until')}, expected a time from now to ${time('latest')}`,
  }),
  Guardian_PauseTooSoon: ({ time }) => ({
    sentence: `the next pause is allowed at ${time('allowedAt')}, expected to be after that`,
    retry: 'later',
  }),
  Guardian_Paused: ({ time }) => ({
    sentence: `the guardian has paused this until ${time('until')}, expected to be after that`,
    hint: 'running leases and money out are not paused',
    retry: 'later',
  }),
}

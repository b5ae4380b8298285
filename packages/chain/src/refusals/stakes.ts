import { broken, onlyBy, plainly } from './phrases.ts'
import type { Refusals } from './Refusals.ts'

/** Why stake stays where it is. */
export const stakes: Refusals<'Stakes'> = {
  Stakes_BondTaken: ({ text }) => ({
    sentence: `the stake behind this belongs to ${text('account')}, expected that account or no stake`,
  }),
  Stakes_BondTooSmall: broken('less stake is locked than would be unlocked'),
  Stakes_FreeTooSmall: ({ tokens }) => ({
    sentence: `the free stake is ${tokens('free')}, expected at least ${tokens('amount')}`,
    hint: 'deposit stake first',
  }),
  Stakes_NotLocker: onlyBy('a contract of the ledger that locks stake'),
  Stakes_NotUnbonding: plainly(
    'the stake does not unbond, expected what it answers for to have left',
    'a machine exits, a verifier or a reporter leaves; then its stake unbonds',
  ),
  Stakes_StillUnbonding: ({ time }) => ({
    sentence: `the stake is free at ${time('releasableAt')}, expected to be after that`,
    retry: 'later',
  }),
  Stakes_Unbonding: ({ time }) => ({
    sentence: `the stake unbonds until ${time('releasableAt')}, expected stake that stays`,
    hint: 'release it then, and come back with it',
    retry: 'later',
  }),
  Stakes_UnbondingOutOfBounds: ({ span }) => ({
    sentence: `stake would unbond for ${span('period')}, expected at most ${span('max')}`,
  }),
}

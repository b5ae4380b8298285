import { onlyBy } from './phrases.ts'
import type { Refusals } from './Refusals.ts'

/** Why the token itself refuses, beside what OpenZeppelin's does. */
export const token: Refusals<'Token'> = {
  Token_NotMinter: onlyBy('the contract of rewards'),
  Token_NotStakes: onlyBy('the contract of stakes'),
}

import { plainly } from './phrases.ts'
import type { Refusals } from './Refusals.ts'

/** Why an operator is refused. */
export const operators: Refusals<'Operators'> = {
  Operators_AccountZero: plainly('the new account is the zero address, expected one that somebody has'),
  Operators_FeeCapTooHigh: ({ percent }) => ({
    sentence: `the fee cap is ${percent('feeCapBps')}, expected at most ${percent('max')}`,
  }),
  Operators_NameLengthOutOfBounds: ({ text }) => ({
    sentence: `the name has ${text('length')} bytes, expected ${text('min')} to ${text('max')}`,
  }),
  Operators_NotOperator: ({ text }) => ({
    sentence: `${text('caller')} is not the account of operator ${text('operatorId')}, expected it`,
    hint: 'use the wallet that registered the operator',
  }),
}

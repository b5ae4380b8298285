import type { Refusals } from './Refusals.ts'

/** Why a signed order, a standing order or a quote is refused. */
export const orders: Refusals<'Orders'> = {
  Orders_ClassTooLow: ({ text, class: measured }) => ({
    sentence: `machine ${text('machineId')} is of class ${measured('class')}, expected at least ${measured('least')}, kind included`,
    hint: 'choose another machine',
    retry: 'elsewhere',
  }),
  Orders_DepositTooSmall: ({ text, tokens }) => ({
    sentence: `${text('account')} has put ${tokens('deposit')} aside for standing orders, expected at least ${tokens('amount')}`,
    hint: 'deposit more for standing orders',
  }),
  Orders_Expired: ({ time }) => ({
    sentence: `what was signed was good until ${time('deadline')}, expected it to be used before that`,
    hint: 'ask for a new signature',
  }),
  Orders_FilledUp: ({ text }) => ({
    sentence: `the standing order has opened all its ${text('count')} leases, expected one that wants more`,
  }),
  Orders_HeldByOther: ({ text, time }) => ({
    sentence: `${text('holder')} holds the quote until ${time('until')}, expected its holder`,
    hint: 'choose another machine, or ask for another quote',
    retry: 'elsewhere',
  }),
  Orders_NonceUsed: ({ text }) => ({
    sentence: `${text('account')} has used or cancelled nonce ${text('nonce')}, expected a new one`,
    hint: 'sign again with another nonce',
  }),
  Orders_NotAsQuoted: ({ text, slots, span }) => ({
    sentence: `the order is not as quoted, expected slots ${slots('slots')} of machine ${text('machineId')}, on demand, for at most ${span('maxSeconds')}`,
  }),
  Orders_NotForCaller: ({ text }) => ({
    sentence: `the quote is for ${text('renter')}, expected one for ${text('caller')} or for anybody`,
    hint: 'ask the machine’s owner for a quote of your own',
  }),
  Orders_NotHeld: ({ text }) => ({
    sentence: `nobody holds quote ${text('hash')}, expected one with its bond still there`,
  }),
  Orders_PriceTooHigh: ({ text, usd }) => ({
    sentence: `machine ${text('machineId')} asks ${usd('usdPerSlotHour')} for a slot and hour, expected at most ${usd('max')}`,
    hint: 'choose another machine',
    retry: 'elsewhere',
  }),
  Orders_QuoteTooLong: ({ time }) => ({
    sentence: `the quote binds its owner until ${time('deadline')}, expected at most until ${time('latest')}`,
    hint: 'ask for a quote with an earlier deadline, or use it later',
    retry: 'later',
  }),
  Orders_QuoteUsed: ({ text }) => ({
    sentence: `quote ${text('hash')} has been used, expected a new one`,
    hint: 'ask for a new quote',
  }),
  Orders_SignatureInvalid: ({ text }) => ({
    sentence: `${text('hash')} is not signed by ${text('signer')}, expected the signature of the renter, or of a quote’s owner or machine key`,
  }),
  Orders_SlotCountWrong: ({ text }) => ({
    sentence: `the lease would take ${text('slotCount')} slots, expected the ${text('expected')} of the standing order`,
  }),
  Orders_StillHeld: ({ text, time }) => ({
    sentence: `quote ${text('hash')} is held until ${time('until')}, expected to be after that`,
    retry: 'later',
  }),
  Orders_TierTooLow: ({ text, tier }) => ({
    sentence: `the wall of machine ${text('machineId')} is ${tier('tier')}, expected at least ${tier('least')}`,
    hint: 'choose another machine',
    retry: 'elsewhere',
  }),
}

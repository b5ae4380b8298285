import type { Refusals } from './Refusals.ts'

/** Why a price, or whoever reports it, is refused. */
export const prices: Refusals<'Prices'> = {}

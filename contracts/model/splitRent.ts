const bps = 10_000n

/** Whose the rent is: fee first and rounded down, then the burn and rounded up, the rest is the payee's. */
export function splitRent(gross: bigint, { feeBps, burnBps }: { feeBps: bigint; burnBps: bigint }) {
  const fee = (gross * feeBps) / bps
  const burnt = divideUp((gross - fee) * burnBps, bps)
  return { fee, burnt, paid: gross - fee - burnt }
}

/** Token units a second for so many slots, with the fee on top. Never in the renter's favour. */
export function rateOf(terms: { usdPerSlotHour: bigint; slots: bigint; usdPerToken: bigint; feeBps: bigint }): bigint {
  const { usdPerSlotHour, slots, usdPerToken, feeBps } = terms
  const rent = divideUp(usdPerSlotHour * slots * 10n ** 18n, usdPerToken * 3600n)
  return divideUp(rent * bps, bps - feeBps)
}

/** The share of the rent that is burnt at so many verified slots: that of the last step at or below. */
export function burnShareAt(steps: readonly { fromSlots: number; bps: bigint }[], slots: number): bigint {
  return steps.findLast(({ fromSlots }) => fromSlots <= slots)?.bps ?? 0n
}

function divideUp(value: bigint, by: bigint): bigint {
  return (value + by - 1n) / by
}

/** A source of chance that its seed decides entirely. */
export type Chance = {
  /** A whole number from 0 up to, not including, `bound`. */
  below(bound: number): number
  /** A number from the normal distribution, mean 0 and deviation 1. */
  normal(): number
}

/** Makes a source of chance (Mulberry32): the same seed gives the same run on every machine. */
export function createChance(seed: number): Chance {
  let state = seed | 0
  function unit(): number {
    state = (state + 0x6d2b79f5) | 0
    let word = Math.imul(state ^ (state >>> 15), state | 1)
    word ^= word + Math.imul(word ^ (word >>> 7), word | 61)
    return ((word ^ (word >>> 14)) >>> 0) / 0x100000000
  }
  return {
    below: (bound) => Math.trunc(unit() * bound),
    // Box and Muller (1958); 1 - unit() is never 0.
    normal: () => Math.sqrt(-2 * Math.log(1 - unit())) * Math.cos(2 * Math.PI * unit()),
  }
}

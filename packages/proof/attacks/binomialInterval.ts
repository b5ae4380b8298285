import { binomialTail } from './binomialTail.ts'

/**
 * Between what the true chance lies when `hits` of `trials` came true, with a confidence of 99.9 %: the exact interval of
 * Clopper and Pearson (Biometrika 26, 1934).
 */
export function binomialInterval(hits: number, trials: number): { low: number; high: number } {
  const low = solve((chance) => binomialTail(hits, trials, chance) > doubt / 2)
  const high = solve((chance) => 1 - binomialTail(hits + 1, trials, chance) < doubt / 2)
  return { low: hits === 0 ? 0 : low, high: hits === trials ? 1 : high }
}

const doubt = 0.001

/** The chance from which on `isAbove` is true. */
function solve(isAbove: (chance: number) => boolean): number {
  let [low, high] = [0, 1]
  for (let halvings = 0; halvings < 40; halvings++) {
    const middle = (low + high) / 2
    if (isAbove(middle)) high = middle
    else low = middle
  }
  return (low + high) / 2
}

/** The chance that of `trials`, each of which comes true with `chance`, at least `least` do. */
export function binomialTail(least: number, trials: number, chance: number): number {
  if (least <= 0) return 1
  if (chance <= 0) return 0
  if (chance >= 1) return least <= trials ? 1 : 0
  let [logWays, sum] = [0, 0]
  for (let k = 0; k <= trials; k++) {
    if (k > 0) logWays += Math.log((trials - k + 1) / k)
    if (k >= least) sum += Math.exp(logWays + k * Math.log(chance) + (trials - k) * Math.log1p(-chance))
  }
  return Math.min(1, sum)
}

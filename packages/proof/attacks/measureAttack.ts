import type { Attack, Finding } from './Attack.ts'
import { binomialInterval } from './binomialInterval.ts'
import { createChance } from './createChance.ts'

/**
 * Lets a cheat try, again and again where chance decides: then the true value lies in the 99.9 % interval. What is tried
 * once hangs on a clock, and has a margin of two hundredths.
 *
 * @param seed Chance of all trials: the same seed gives the same finding.
 * @param trials How often, where chance decides.
 * @param onTrial Called after each trial.
 */
export async function measureAttack(
  attack: Attack,
  { seed, trials: wanted = attack.trials, onTrial }: measureAttack.Options,
): Promise<Finding> {
  const trials = attack.trials === 1 ? 1 : wanted
  let sum = 0
  for (let trial = 0; trial < trials; trial++) {
    sum += await attack.attempt(createChance(`${seed} ${attack.name} ${trial}`))
    onTrial?.()
  }
  const { attempt: _, ...said } = attack
  const measured = sum / trials
  const interval =
    attack.trials === 1
      ? { low: Math.max(0, measured - margin), high: Math.min(1, measured + margin) }
      : binomialInterval(sum, trials)
  return { ...said, trials, measured, ...interval }
}

export declare namespace measureAttack {
  type Options = { seed: number; trials?: number | undefined; onTrial?: (() => void) | undefined }
}

const margin = 0.02

import type { Chance } from './createChance.ts'

/** A cheat that works as far as it goes, and what the mathematics says becomes of it. */
export type Attack = {
  /** What he does, as a row of the table calls him. */
  name: string
  /** What finds him out; where nothing of the exam does, what else is there. */
  defence: string
  /**
   * What a trial gives, from 0 to 1.
   * - `caught`: 1 when the exam or the committee caught him, 0 when not.
   * - `verdict`: 1 when the committee came to the right verdict in spite of him, 0 when not.
   * - `speed`, `memory`: how much the exam measured, as a share of what is claimed.
   */
  shows: 'caught' | 'verdict' | 'speed' | 'memory'
  /** The mean of that over many trials, as `formula` gives it. */
  predicted: number
  formula: string
  /** How many tell the prediction from a broken exam, and no more; 1 where nothing hangs on chance. */
  trials: number
  /** What he gets of one trial; all chance, his and the examiner's, comes from `chance`. */
  attempt(chance: Chance): Promise<number>
}

/** What became of a cheat: the mean over all trials, and between what the true value lies. */
export type Finding = Omit<Attack, 'attempt'> & { measured: number; low: number; high: number }

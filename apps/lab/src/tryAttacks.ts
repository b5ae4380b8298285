import { type Attack, type Finding, measureAttack } from '@hotaru/proof/attacks'
import type { ProgressLine } from './ProgressLine.ts'

/** A finding, and whether the prediction lies within its interval. */
export type Judged = Finding & { agrees: boolean }

/** Tries one cheat after the other. */
export async function tryAttacks(
  attacks: readonly Attack[],
  { seed, trials, progress }: tryAttacks.Options,
): Promise<Judged[]> {
  const findings: Judged[] = []
  for (const [at, attack] of attacks.entries()) {
    let tried = 0
    const planned = attack.trials === 1 ? 1 : (trials ?? attack.trials)
    const onTrial = () => {
      progress.update({ done: at + ++tried / planned, total: attacks.length, label: attack.name })
    }
    const finding = await measureAttack(attack, { seed, trials, onTrial })
    const { predicted, low, high } = finding
    findings.push({ ...finding, agrees: low <= predicted && predicted <= high })
  }
  progress.clear()
  return findings
}

export declare namespace tryAttacks {
  type Options = { seed: number; trials?: number | undefined; progress: Pick<ProgressLine, 'update' | 'clear'> }
}

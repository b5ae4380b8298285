import type { Attack } from '../Attack.ts'
import { binomialTail } from '../binomialTail.ts'
import { holdVote } from './holdVote.ts'
import { verifiers } from './setting.ts'

/**
 * Verifiers, a share of all, who never vote.
 *
 * Predicted: each is fined in every committee that draws him (`caught`), and a committee comes to its verdict all the same
 * when at most one of the five is among them: P(X ≤ 1) (`verdict`).
 */
export function staySilent(share: number, shows: 'caught' | 'verdict'): Attack {
  const isCaught = shows === 'caught'
  return {
    name: isCaught ? 'never votes' : `${share * 100} % of verifiers never vote`,
    defence: isCaught ? 'a fine in each committee' : 'four of five decide',
    shows,
    formula: isCaught ? '1' : 'P(X ≤ 1)',
    predicted: isCaught ? 1 : 1 - binomialTail(2, 5, share),
    trials: isCaught ? 200 : 1500,
    async attempt(chance) {
      let silent = 0
      const { verdict, fined } = holdVote(chance, (verifier) => {
        if (verifier >= share * verifiers) return 'pass'
        silent++
        return undefined
      })
      return (isCaught ? fined === silent : verdict === 'pass') ? 1 : 0
    },
  }
}

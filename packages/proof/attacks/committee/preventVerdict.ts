import type { Attack } from '../Attack.ts'
import { binomialTail } from '../binomialTail.ts'
import { holdVote } from './holdVote.ts'
import { verifiers } from './setting.ts'

/**
 * Holds a share of all tickets and votes against what he saw, so that nothing is decided.
 *
 * Predicted: two of five are enough, so that a verdict comes with P(X ≤ 1), X binomial over 5 draws. The ledger draws
 * three times at most, then the class stays as it was.
 */
export function preventVerdict(share: number): Attack {
  return {
    name: `prevents verdicts with ${share * 100} % of tickets`,
    defence: 'two more draws',
    shows: 'verdict',
    formula: 'P(X ≤ 1)',
    predicted: 1 - binomialTail(2, 5, share),
    trials: 1500,
    async attempt(chance) {
      const { verdict } = holdVote(chance, (verifier) => (verifier < share * verifiers ? 'fail' : 'pass'))
      return verdict === 'pass' ? 1 : 0
    },
  }
}

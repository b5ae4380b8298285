import type { Attack } from '../Attack.ts'
import { binomialTail } from '../binomialTail.ts'
import { holdVote } from './holdVote.ts'
import { verifiers } from './setting.ts'

/**
 * Holds a share of all tickets and votes against what he saw.
 *
 * Predicted: a draw of five gives him the four that decide with P(X ≥ 4), X binomial over 5 draws (docs/ledger.md, What
 * is left open).
 */
export function turnVerdict(share: number): Attack {
  return {
    name: `turns verdicts with ${share * 100} % of tickets`,
    defence: 'four of five decide',
    shows: 'caught',
    formula: '1 − P(X ≥ 4)',
    predicted: 1 - binomialTail(4, 5, share),
    trials: 1500,
    async attempt(chance) {
      const { verdict } = holdVote(chance, (verifier) => (verifier < share * verifiers ? 'fail' : 'pass'))
      return verdict === 'fail' ? 0 : 1
    },
  }
}

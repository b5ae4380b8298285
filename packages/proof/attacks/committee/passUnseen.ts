import type { Attack } from '../Attack.ts'

/**
 * A verifier who looks at nothing and always says pass.
 *
 * Predicted: each of m audits is a ringer, a wrong answer that was planted, with p, and one is enough: 1 − (1 − p)ᵐ. p is
 * a tenth here, as if ringers were planted in every tenth audit: on the ledger that is up to owners.
 */
export function passUnseen(audits: number): Attack {
  return {
    name: `passes all unseen, ${audits} audits long`,
    defence: 'ringers in a tenth of audits',
    shows: 'caught',
    formula: '1 − (1 − p)ᵐ',
    predicted: 1 - (1 - 0.1) ** audits,
    trials: 1500,
    async attempt(chance) {
      const isRinger = () => chance.below(10) === 0
      return Array.from({ length: audits }, isRinger).some(Boolean) ? 1 : 0
    },
  }
}

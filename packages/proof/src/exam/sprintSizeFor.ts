import type { ChallengeSize } from '../challenge.ts'

/** The size of a sprint of so many multiply-adds: rounds enough to chain, matrices large enough to fill a device. */
export function sprintSizeFor(multiplyAdds: number): Pick<ChallengeSize, 'n' | 'rounds'> {
  const n = 2 ** Math.min(15, Math.max(8, Math.floor(Math.log2(multiplyAdds / minRounds) / 3)))
  return { n, rounds: Math.min(maxRounds, Math.max(minRounds, Math.round(multiplyAdds / n ** 3))) }
}

const minRounds = 8
const maxRounds = 4096

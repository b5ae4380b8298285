import { multiplyAddsOf } from '../challenge.ts'
import { type Fault, findPickedFault } from '../findFault.ts'
import { unpackOpenings } from '../packOpenings.ts'
import { pickEntries } from '../pickEntries.ts'
import { sprintSeed } from '../rounds.ts'
import type { Examinee } from './Examinee.ts'
import type { Asked, ExamPlan, Means } from './examine.ts'
import { sprintSizeFor } from './sprintSizeFor.ts'

/**
 * Times sprints of growing size until one takes about as long as planned, and checks that one's entries: multiply-adds a
 * second of each slot.
 */
export async function timeSprint(
  examinee: Pick<Examinee, 'sprint' | 'openSprint'>,
  asked: Asked,
  { plan, clock, random32, checker }: timeSprint.Options,
): Promise<{ fault: Fault } | { multiplyAddsPerSecond: number }> {
  let size = smallest
  for (let tries = 1; ; tries++) {
    const [nonce, pickSeed] = [random32(), random32()]
    const startMs = clock.monotonicMs()
    const answer = await examinee.sprint({ nonce, ...size })
    const seconds = Math.max(clock.monotonicMs() - startMs, shortestMs) / 1000
    const rate = multiplyAddsOf(size) / seconds
    const next = sprintSizeFor((rate * plan.targetMs) / 1000)
    if (tries < maxTries && seconds * 1000 < plan.targetMs / 2 && multiplyAddsOf(next) > multiplyAddsOf(size)) {
      size = next
      continue
    }
    const challenge = { ...asked, ...size, seed: sprintSeed(asked.seed, nonce) }
    const picks = pickEntries(pickSeed, challenge)
    const openings = unpackOpenings(await examinee.openSprint(nonce, pickSeed), picks.length)
    const fault = findPickedFault(challenge, answer, { picks, openings, checker })
    return fault ? { fault } : { multiplyAddsPerSecond: rate }
  }
}

export declare namespace timeSprint {
  type Options = Means & { plan: Pick<ExamPlan, 'targetMs'> }
}

const smallest = { n: 256, rounds: 4 }
const maxTries = 6
/** Below it a clock says nothing. */
const shortestMs = 0.1

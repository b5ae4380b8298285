import { randomInt } from 'node:crypto'
import type { Clock, Logger } from '@hotaru/base'
import { systemClock } from '@hotaru/base/async'
import type { BeaconSource, Ledger } from '@hotaru/chain'
import type { Backend, Checker } from '@hotaru/proof'
import type { Hex } from 'viem'
import { attend } from './attend.ts'
import type { Ballots } from './Ballots.ts'
import { bringHits } from './chance/bringHits.ts'
import { Docket } from './Docket.ts'
import type { Duty } from './Duty.ts'
import { convict } from './hunt/convict.ts'
import type { Evidence } from './hunt/Evidence.ts'
import { huntThrough } from './hunt/huntThrough.ts'
import type { JudgePlan } from './judge/judgeMachine.ts'
import { repeat } from './repeat.ts'
import { suspectPairs } from './suspects/suspectPairs.ts'

/**
 * Follows the ledger and does what every committee needs of this verifier, those included that were convened while it did
 * not run: it seats what nobody has seated, judges and votes where it is a member, and counts what is over. Besides, it
 * hunts through transcripts for wrong entries and brings those it has to the ledger, has machines audited that chance hits,
 * and now and then two that may be one.
 *
 * Ends when `signal` is aborted.
 */
export async function verify(ledger: Ledger, given: verify.Options): Promise<void> {
  const { clock = systemClock, randomBelow = (limit: number) => randomInt(limit) } = given
  const options = { ...given, clock, randomBelow }
  const docket = new Docket(ledger, options)
  const { pairs } = docket
  const working = new Map<bigint, Promise<void>>()
  const attendTo = async (duty: Duty) => {
    try {
      if (await attend(ledger, duty, { ...options, pairs })) docket.strike(duty)
    } catch (error) {
      if (!options.signal.aborted) options.log.warn('duty not done, trying again', { ...duty, error })
    } finally {
      working.delete(duty.committeeId)
    }
  }
  // Nobody waits for a duty that takes long: all of them go on side by side.
  const attendToAll = async () => {
    for (const duty of docket.duties())
      if (!working.has(duty.committeeId)) working.set(duty.committeeId, attendTo(duty))
  }
  await Promise.all([
    docket.follow(),
    repeat('duties', attendToAll, { ...options, everyMs }),
    repeat('hunts', () => huntThrough(ledger, docket, options), { ...options, everyMs }),
    repeat('convictions', () => convict(ledger, options), { ...options, everyMs: convictEveryMs }),
    bringHits(ledger, options),
    suspectPairs(ledger, options),
  ])
  await Promise.all(working.values())
}

export declare namespace verify {
  type Options = {
    beacon: BeaconSource
    ballots: Ballots
    evidence: Evidence
    plan: JudgePlan
    /** This verifier's own key: machines attend to members of their committee only. */
    key: Hex
    checker: Checker
    /** What hunts are done with, and how many multiply-adds one may take. */
    backend: Backend
    huntMultiplyAdds: number
    signal: AbortSignal
    log: Logger
    clock?: Clock | undefined
    /** Chance: a whole number from 0 to below `limit`. @default the system's */
    randomBelow?: ((limit: number) => number) | undefined
  }
}

/** Phases end early when all have voted: a second is soon enough, and cheap. */
const everyMs = 1_000
/** Evidence may wait ten minutes until it is taken, and whoever is first has the reward. */
const convictEveryMs = 3_000

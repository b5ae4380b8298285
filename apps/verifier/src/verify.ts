import type { Clock, Logger } from '@hotaru/base'
import { sleep, systemClock } from '@hotaru/base/async'
import type { Ledger } from '@hotaru/chain'
import type { Backend, Checker } from '@hotaru/proof'
import type { Hex } from 'viem'
import { attend } from './attend.ts'
import type { Ballots } from './Ballots.ts'
import type { BeaconSource } from './beacon/BeaconSource.ts'
import { Docket } from './Docket.ts'
import { convict } from './hunt/convict.ts'
import type { Evidence } from './hunt/Evidence.ts'
import { hunt } from './hunt/hunt.ts'
import type { JudgePlan } from './judge/judgeMachine.ts'

/**
 * Follows the ledger and does what every committee needs of this verifier, those included that were convened while it did
 * not run: it seats what nobody has seated, judges and votes where it is a member, and counts what is over. Between duties it
 * hunts through transcripts for wrong entries, and brings those it has to the ledger.
 *
 * Ends when `signal` is aborted.
 */
export async function verify(ledger: Ledger, options: verify.Options): Promise<void> {
  const { signal, log, clock = systemClock, huntMultiplyAdds: budget } = options
  const docket = new Docket(ledger, { signal, log })
  const following = docket.follow()
  const busy = new Set<string>()
  const begin = (name: string, facts: object, work: () => Promise<unknown>) => {
    if (busy.has(name)) return
    busy.add(name)
    void work()
      .catch((error: unknown) => log.warn(`${name.replace(/ \d+$/, '')} not done, trying again`, { ...facts, error }))
      .finally(() => busy.delete(name))
  }
  while (!signal.aborted) {
    for (const duty of docket.duties())
      begin(`duty ${duty.committeeId}`, duty, async () => {
        if (await attend(ledger, duty, { ...options, clock })) docket.strike(duty)
      })
    const auditId = docket.nextHunt(clock.monotonicMs())
    if (auditId !== undefined)
      begin('hunt', { auditId }, async () => {
        docket.putOff(auditId, clock.monotonicMs() + huntAgainMs)
        await hunt(ledger, auditId, { ...options, budget })
        docket.hunted(auditId)
      })
    begin('conviction', {}, () => convict(ledger, options))
    await sleep(everyMs, { signal, clock }).catch(() => {})
  }
  await following
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
  }
}

/** Phases end early when all have voted: a second is soon enough, and cheap. */
const everyMs = 1_000

/** A lease may take hours, and proofs are taken for a day. */
const huntAgainMs = 60_000

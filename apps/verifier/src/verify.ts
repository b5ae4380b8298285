import type { BaseError, Clock, Logger } from '@hotaru/base'
import { sleep, systemClock } from '@hotaru/base/async'
import { type Ledger, watchAudits, watchFaults } from '@hotaru/chain'
import { attend } from './attend.ts'
import type { Ballots } from './Ballots.ts'
import type { BeaconSource } from './beacon/BeaconSource.ts'
import type { Duty } from './Duty.ts'

/**
 * Follows the ledger and does what every committee needs of this verifier, those included that were convened while it did
 * not run: it seats what nobody has seated, judges and votes where it is a member, and counts what is over.
 *
 * Ends when `signal` is aborted.
 */
export async function verify(ledger: Ledger, options: verify.Options): Promise<void> {
  const { signal, log, clock = systemClock } = options
  const duties = new Map<bigint, Duty>()
  const busy = new Set<bigint>()
  const following = Promise.all([followAudits(ledger, duties, options), followFaults(ledger, duties, options)])
  while (!signal.aborted) {
    for (const duty of duties.values()) {
      const { committeeId } = duty
      if (busy.has(committeeId)) continue
      busy.add(committeeId)
      void attend(ledger, duty, { ...options, clock })
        .then((isOver) => isOver && duties.delete(committeeId))
        .catch((error: unknown) => log.warn('duty not done, trying again', { ...duty, error }))
        .finally(() => busy.delete(committeeId))
    }
    await sleep(everyMs, { signal, clock }).catch(() => {})
  }
  await following
}

export declare namespace verify {
  type Options = {
    beacon: BeaconSource
    ballots: Ballots
    signal: AbortSignal
    log: Logger
    clock?: Clock | undefined
  }
}

async function followAudits(ledger: Ledger, duties: Map<bigint, Duty>, { signal, log }: verify.Options) {
  const onTrouble = (error: BaseError) => log.warn('ledger not read', { error })
  for await (const event of watchAudits(ledger, { fromBlock: BigInt(ledger.deployment.block), signal, onTrouble })) {
    if (event.removed || (event.kind !== 'requested' && event.kind !== 'redrawn')) continue
    const { committeeId, auditId } = event
    duties.set(committeeId, { committeeId, kind: 'audit', subjectId: auditId })
  }
}

async function followFaults(ledger: Ledger, duties: Map<bigint, Duty>, { signal, log }: verify.Options) {
  const onTrouble = (error: BaseError) => log.warn('ledger not read', { error })
  for await (const event of watchFaults(ledger, { fromBlock: BigInt(ledger.deployment.block), signal, onTrouble })) {
    if (event.removed || (event.kind !== 'reported' && event.kind !== 'appealed')) continue
    const { committeeId, faultId } = event
    duties.set(committeeId, { committeeId, kind: 'fault', subjectId: faultId })
  }
}

/** Phases end early when all have voted: a second is soon enough, and cheap. */
const everyMs = 1_000

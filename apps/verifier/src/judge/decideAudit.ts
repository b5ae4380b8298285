import type { Clock, Logger } from '@hotaru/base'
import { sleep } from '@hotaru/base/async'
import {
  type Audit,
  type BeaconSource,
  type Committee,
  type Ledger,
  readAudit,
  readBusySlots,
  readMachine,
  readTime,
} from '@hotaru/chain'
import type { Checker } from '@hotaru/proof'
import { encodeVerdict, type Machine, noVerdict } from '@hotaru/protocol'
import type { Hex } from 'viem'
import type { Vote } from '../Duty.ts'
import type { Evidence } from '../hunt/Evidence.ts'
import { within } from '../within.ts'
import { type JudgePlan, judgeMachine } from './judgeMachine.ts'
import type { Pairs } from './Pairs.ts'

/**
 * This verifier's vote in an audit. A machine that answers wrongly has failed at once. One that does not answer, or not in
 * our language, is asked again until the last call; then it has failed, unless the ledger says that it is at work for a
 * renter. Who came too late to look says so.
 */
export async function decideAudit(
  ledger: Ledger,
  auditId: bigint,
  options: decideAudit.Options,
): Promise<Vote | undefined> {
  const { committee, pairs } = options
  const audit = await readAudit(ledger, { auditId })
  const { seed } = audit
  if (audit.state !== 'requested' || audit.committeeId !== committee.id || seed === undefined) return undefined
  const machine = await readMachine(ledger, audit)
  try {
    return await lookUntilItAnswers(ledger, machine, { ...audit, seed }, options)
  } finally {
    pairs.decide(auditId)
  }
}

export declare namespace decideAudit {
  type Options = {
    committee: Committee
    plan: JudgePlan
    checker: Checker
    beacon: BeaconSource
    evidence: Evidence
    pairs: Pairs
    /** This verifier's own key. */
    key: Hex
    signal: AbortSignal
    log: Logger
    clock: Clock
  }
}

async function lookUntilItAnswers(
  ledger: Ledger,
  machine: Machine,
  audit: Audit & { seed: Hex },
  options: decideAudit.Options,
): Promise<Vote> {
  const { committee, plan, clock, signal, log } = options
  for (let looks = 0; ; looks++) {
    const leftMs = (committee.commitUntil - voteSeconds - (await readTime(ledger))) * 1000
    if (leftMs < shortestLookMs) return looks > 0 ? giveUp(ledger, machine) : tooLate
    const look = (limited: AbortSignal) => judge(ledger, machine, audit, { ...options, signal: limited })
    try {
      return await within(Math.min(plan.patienceMs, leftMs), look, { what: 'examine the machine', signal, clock })
    } catch (error) {
      signal.throwIfAborted()
      log.info('machine not examined', { auditId: audit.id, machineId: machine.id, error })
    }
    await sleep(againMs, { signal, clock })
  }
}

async function judge(
  ledger: Ledger,
  machine: Machine,
  audit: Audit & { seed: Hex },
  options: decideAudit.Options,
): Promise<Vote> {
  const { verdict, fault } = await judgeMachine(ledger, machine, audit, options)
  if (fault?.proof) await options.evidence.keep(audit.id, fault.proof)
  return { vote: encodeVerdict(verdict), why: fault?.reason ?? 'it answered' }
}

async function giveUp(ledger: Ledger, { id: machineId }: Machine): Promise<Vote> {
  const busy = await readBusySlots(ledger, { machineId })
  if (busy !== 0n) return { vote: noVerdict, why: 'it is at work for a renter' }
  return { vote: encodeVerdict({ passed: false }), why: 'it did not answer' }
}

const tooLate: Vote = { vote: noVerdict, why: 'there was no time left to look' }

/** A vote needs a transaction, and a transaction a block or two: silence is fined. */
const voteSeconds = 60
/** In less nobody can be examined: that is the last call. */
const shortestLookMs = 60_000
const againMs = 1_000

import type { Clock, Logger } from '@hotaru/base'
import { type Ledger, readAudit, readBusySlots, readMachine } from '@hotaru/chain'
import type { Checker } from '@hotaru/proof'
import { encodeVerdict, noVerdict } from '@hotaru/protocol'
import type { Hex } from 'viem'
import type { BeaconSource } from '../beacon/BeaconSource.ts'
import type { Vote } from '../Duty.ts'
import type { Evidence } from '../hunt/Evidence.ts'
import { type JudgePlan, judgeMachine } from './judgeMachine.ts'

/**
 * This verifier's vote in an audit. A machine that answers wrongly has failed at once. One that does not answer is asked again
 * until the last call; then it has failed, unless the ledger says that it is at work for a renter.
 */
export async function decideAudit(
  ledger: Ledger,
  auditId: bigint,
  options: decideAudit.Options,
): Promise<Vote | undefined> {
  const audit = await readAudit(ledger, { auditId })
  const { seed } = audit
  if (audit.state !== 'requested' || seed === undefined) return undefined
  const machine = await readMachine(ledger, audit)
  try {
    const signal = AbortSignal.any([options.signal, AbortSignal.timeout(judgeTimeoutMs)])
    const { verdict, fault } = await judgeMachine(ledger, machine, { ...audit, seed }, { ...options, signal })
    if (fault?.proof) await options.evidence.keep(auditId, fault.proof)
    return { vote: encodeVerdict(verdict), why: fault?.reason ?? 'it answered' }
  } catch (error) {
    options.log.info('machine not examined', { auditId, machineId: machine.id, error })
  }
  if (!options.isLastCall) return undefined
  const busy = await readBusySlots(ledger, { machineId: machine.id })
  if (busy !== 0n) return { vote: noVerdict, why: 'it is at work for a renter' }
  return { vote: encodeVerdict({ passed: false }), why: 'it did not answer' }
}

export declare namespace decideAudit {
  type Options = {
    isLastCall: boolean
    plan: JudgePlan
    checker: Checker
    beacon: BeaconSource
    evidence: Evidence
    /** This verifier's own key. */
    key: Hex
    signal: AbortSignal
    log: Logger
    clock: Clock
  }
}

/** A committee of five with half a minute each, and a slow line. */
const judgeTimeoutMs = 10 * 60_000

import type { Clock, Logger } from '@hotaru/base'
import { type Ledger, readAudit, readMachine } from '@hotaru/chain'
import { encodeVerdict, type Verdict } from '@hotaru/protocol'
import type { Vote } from '../Duty.ts'
import { judgeMachine } from './judgeMachine.ts'

/**
 * This verifier's vote in an audit. A machine that does not answer is asked again until the last call, then it has failed; one
 * that answers wrongly has failed at once.
 */
export async function decideAudit(
  ledger: Ledger,
  auditId: bigint,
  options: decideAudit.Options,
): Promise<Vote | undefined> {
  const verdict = await tryToJudge(ledger, auditId, options)
  if (verdict) return { vote: encodeVerdict(verdict), why: verdict.passed ? 'it answered' : 'it answered wrongly' }
  if (!options.isLastCall) return undefined
  return { vote: encodeVerdict({ passed: false }), why: 'it did not answer' }
}

export declare namespace decideAudit {
  type Options = { isLastCall: boolean; signal: AbortSignal; log: Logger; clock: Clock }
}

async function tryToJudge(
  ledger: Ledger,
  auditId: bigint,
  { signal, log, clock }: decideAudit.Options,
): Promise<Verdict | undefined> {
  const audit = await readAudit(ledger, { auditId })
  const { seed } = audit
  if (audit.state !== 'requested' || seed === undefined) return undefined
  const machine = await readMachine(ledger, { machineId: audit.machineId })
  try {
    return await judgeMachine(
      machine,
      { ...audit, seed },
      {
        ...{ chainId: ledger.deployment.chainId, clock, log },
        readTranscript: async () => (await readAudit(ledger, { auditId })).transcript,
        signal: AbortSignal.any([signal, AbortSignal.timeout(judgeTimeoutMs)]),
      },
    )
  } catch (error) {
    log.info('machine not reached', { auditId, machineId: machine.id, error })
    return undefined
  }
}

/** The answer takes a home PC about a second, and it answers one verifier after the other; more than this is no answer. */
const judgeTimeoutMs = 60_000

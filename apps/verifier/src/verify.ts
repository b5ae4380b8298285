import type { BaseError, Clock, Logger } from '@hotaru/base'
import { sleep, systemClock } from '@hotaru/base/async'
import { attestAudit, type Ledger, readAudit, readMachine, readTime, watchAudits } from '@hotaru/chain'
import type { Verdict } from './judgeMachine.ts'

/**
 * Follows the ledger and gives a verdict in every audit that is requested, those included that were requested while no
 * verifier ran. Ends when `signal` is aborted.
 */
export async function verify(ledger: Ledger, options: verify.Options): Promise<void> {
  const { signal, log } = options
  const running = new Set<Promise<void>>()
  const onTrouble = (error: BaseError) => log.warn('ledger not read', { error })
  for await (const event of watchAudits(ledger, { fromBlock: BigInt(ledger.deployment.block), signal, onTrouble })) {
    if (event.kind !== 'requested' || event.removed) continue
    const work = decide(ledger, event.auditId, options)
      .catch((error: unknown) => log.warn('no verdict given', { auditId: event.auditId, error }))
      .finally(() => running.delete(work))
    running.add(work)
  }
  await Promise.all(running)
}

export declare namespace verify {
  type Options = { signal: AbortSignal; log: Logger; clock?: Clock | undefined }
}

/**
 * One audit to its verdict. A machine that does not answer is asked again until shortly before the deadline, then it has
 * failed; a machine that answers wrongly has failed at once.
 */
async function decide(ledger: Ledger, auditId: bigint, { signal, log, clock = systemClock }: verify.Options) {
  while (!signal.aborted) {
    const audit = await readAudit(ledger, { auditId })
    if (audit.state !== 'requested') return
    const leftSeconds = audit.deadline - (await readTime(ledger))
    if (leftSeconds <= 0) return
    const verdict = await tryToJudge(ledger, audit, { signal, log, clock })
    if (verdict || leftSeconds <= lastCallSeconds) {
      const given: Verdict = verdict ?? { passed: false, reason: 'it did not answer' }
      await attestAudit(ledger, { auditId, verdict: given })
      log.info('verdict given', { auditId, machineId: audit.machineId, ...given })
      return
    }
    await sleep(askAgainMs, { signal, clock })
  }
}

async function tryToJudge(
  ledger: Ledger,
  audit: { id: bigint; machineId: bigint; seed: string },
  { signal, log, clock }: { signal: AbortSignal; log: Logger; clock: Clock },
): Promise<Verdict | undefined> {
  try {
    // The link and the proof are loaded when there is something to judge: most of a verifier's life is waiting.
    const { judgeMachine } = await import('./judgeMachine.ts')
    const machine = await readMachine(ledger, { machineId: audit.machineId })
    return await judgeMachine(machine, audit, {
      clock,
      log,
      signal: AbortSignal.any([signal, AbortSignal.timeout(judgeTimeoutMs)]),
    })
  } catch (error) {
    log.info('machine not reached', { auditId: audit.id, error })
    return undefined
  }
}

/** The answer takes a home PC about a second; more than this is no answer. */
const judgeTimeoutMs = 30_000
const askAgainMs = 1_000
/** A verdict needs a transaction, and a transaction a block or two. */
const lastCallSeconds = 120

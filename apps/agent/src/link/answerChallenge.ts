import { BaseError, exitCodes } from '@hotaru/base'
import { Mutex } from '@hotaru/base/async'
import type { ServedExchange } from '@hotaru/link'
import { ledgerNowMs } from '../core/time.ts'
import type { Room } from './Verb.ts'

/**
 * Makes the answerer of challenges. It works only for audits of this machine whose committee is at work by the ledger, one
 * at a time, and not beside a running lease unless the machine would else fall out of the market. The first answer is
 * committed to on the ledger before it is given away.
 */
export function createChallengeAnswerer(room: Room) {
  const order = new Mutex()
  const posted = new Set<string>()
  let waiting = 0
  return async (auditId: string, exchange: ServedExchange): Promise<void> => {
    if (isBusy(room)) throw new ChallengeRefusedError({ auditId, reason: 'a lease is running', retry: 'later' })
    if (waiting >= longestLine) throw new ChallengeRefusedError({ auditId, reason: 'others wait', retry: 'later' })
    waiting++
    try {
      const audit = await room.ledger.readAudit(auditId)
      if (!audit) throw new ChallengeRefusedError({ auditId, reason: 'no committee is at work on it', retry: 'later' })
      const value = await order.run(async () => {
        exchange.signal.throwIfAborted()
        const startedMs = room.clock.monotonicMs()
        const { answer, transcript } = await room.prove(audit.challenge)
        const durationMs = room.clock.monotonicMs() - startedMs
        if (!audit.isPosted && !posted.has(auditId)) await room.ledger.postTranscript(auditId, transcript)
        posted.add(auditId)
        return { answer, durationMs }
      })
      await exchange.sendReply({ type: 'ok', value })
    } finally {
      waiting--
    }
  }
}

/** A committee's worth of verifiers; each answer costs this machine a fraction of a second. */
const longestLine = 21

function isBusy({ loop, clock }: Room): boolean {
  const { leases, machine } = loop.state
  if (!Object.values(leases).some((lease) => lease.step === 'running' && !lease.exit)) return false
  const nowMs = ledgerNowMs(loop.state, loop.nowMs()) ?? clock.unixMs()
  return (machine.ledger?.classValidUntil ?? 0) * 1000 > nowMs
}

export class ChallengeRefusedError extends BaseError {
  override readonly name = 'Agent.ChallengeRefusedError'

  constructor({ auditId, reason, retry }: { auditId: string; reason: string; retry: 'later' }) {
    super(`Cannot answer the challenge of audit "${auditId}": ${reason}, expected an open audit of an idle machine`, {
      facts: { auditId },
      retry,
      exitCode: exitCodes.tryAgain,
    })
  }
}

import type { Logger } from '@hotaru/base'
import { isRefusal, type Ledger, proveWrongEntry, readAudit } from '@hotaru/chain'
import type { Evidence } from './Evidence.ts'

/**
 * Brings the evidence that is kept to the ledger, as soon as it is taken there. A call that would be refused is found out
 * before it is sent and costs no gas: whoever was faster has the reward, and the others nothing to pay.
 */
export async function convict(ledger: Ledger, { evidence, log }: convict.Options): Promise<void> {
  for (const { auditId, proof } of await evidence.list()) {
    // Most evidence is found before the verdict, and nothing can be proved before that.
    if ((await readAudit(ledger, { auditId })).state === 'requested') continue
    try {
      const { taken } = await proveWrongEntry(ledger, { auditId, ...proof })
      log.info('forgery proved', { auditId, taken })
      await evidence.drop(auditId)
    } catch (error) {
      if (isRefusal(error, ...noMore)) {
        log.info('evidence dropped', { auditId, error })
        await evidence.drop(auditId)
      } else if (!isRefusal(error, ...notYet)) log.warn('forgery not proved, trying again', { auditId, error })
    }
  }
}

export declare namespace convict {
  type Options = { evidence: Evidence; log: Logger }
}

const notYet = ['Audits_ChallengeNotOpen'] as const

/** Proved by another, a ringer after all, over, of a transcript that another draw has made void, or no evidence at all. */
const noMore = [
  ...(['Audits_WrongState', 'Audits_ChallengeOver', 'Audits_NotInTranscript'] as const),
  ...(['Audits_NotInProduct', 'Audits_EntryRight'] as const),
] as const

import { auditsAbi } from '@hotaru/contracts'
import type { Ledger } from './createLedger.ts'
import { type Audit, readAudit } from './readAudit.ts'
import { readCall } from './readCall.ts'
import { walkBack } from './walkBack.ts'

/** Lists audits, newest first, optionally those of one machine. */
export async function listAudits(ledger: Ledger, options: listAudits.Options = {}): Promise<Audit[]> {
  const { machineId, limit = 100 } = options
  const count = await readCall(ledger, 'count the audits', (client, { audits }) =>
    client.readContract({ abi: auditsAbi, address: audits, functionName: 'count' }),
  )
  const fits = (audit: Audit) => machineId === undefined || audit.machineId === machineId
  return walkBack(count, (auditId) => readAudit(ledger, { auditId }), { fits, limit })
}

export declare namespace listAudits {
  type Options = {
    machineId?: bigint | undefined
    /** @default 100 */
    limit?: number | undefined
  }
}

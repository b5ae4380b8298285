import { auditsAbi } from '@hotaru/contracts'
import { encodeFunctionData } from 'viem'
import type { Ledger } from './createLedger.ts'
import { type Written, writeCall } from './sendCall.ts'

/** Counts the verdicts of an audit whose committee is over. Anyone may. */
export function finishAudit(ledger: Ledger, { auditId }: { auditId: bigint }): Promise<Written> {
  const data = encodeFunctionData({ abi: auditsAbi, functionName: 'finish', args: [auditId] })
  return writeCall(ledger, { to: ledger.deployment.addresses.audits, data }, `finish audit "${auditId}"`)
}

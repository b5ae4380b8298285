import { auditsAbi } from '@hotaru/contracts'
import type { Class } from '@hotaru/protocol'
import { encodeFunctionData } from 'viem'
import type { Ledger } from './createLedger.ts'
import { isRefusal, type Written, writeCall } from './sendCall.ts'

/**
 * Gives the account's verdict in an audit; with a pass, what was measured. For enrolled verifiers, once an audit.
 *
 * Safe to repeat: a verdict that was given, or an audit that is decided, is `already`.
 */
export async function attestAudit(
  ledger: Ledger,
  { auditId, verdict }: { auditId: bigint; verdict: attestAudit.Verdict },
): Promise<attestAudit.Result> {
  const { kind, ...bands } = verdict.passed ? verdict.class : nothing
  const args = [auditId, verdict.passed, { kind: kind === 'cpu' ? 0 : 1, ...bands }] as const
  const data = encodeFunctionData({ abi: auditsAbi, functionName: 'attest', args })
  try {
    const call = { to: ledger.deployment.addresses.audits, data }
    return { already: false, ...(await writeCall(ledger, call, `attest audit "${auditId}"`)) }
  } catch (error) {
    if (isRefusal(error, 'Audits_AlreadyAttested', 'Audits_NotRequested')) return { already: true }
    throw error
  }
}

export declare namespace attestAudit {
  type Verdict = { passed: true; class: Class } | { passed: false }
  type Result = ({ already: false } & Written) | { already: true }
}

/** A failed audit measures nothing. */
const nothing: Class = { kind: 'cpu', computeBand: 0, memoryBand: 0, slots: 0 }

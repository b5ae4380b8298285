import { auditsAbi } from '@hotaru/contracts'
import { encodeFunctionData, parseEventLogs } from 'viem'
import type { Ledger } from './createLedger.ts'
import { sendCall, toWritten, type Written } from './sendCall.ts'

/** Asks the verifiers to audit a machine again. For its owner or key; one audit at a time. */
export async function requestAudit(
  ledger: Ledger,
  { machineId }: { machineId: bigint },
): Promise<Written & { auditId: bigint }> {
  const data = encodeFunctionData({ abi: auditsAbi, functionName: 'request', args: [machineId] })
  const action = `request an audit of machine "${machineId}"`
  const receipt = await sendCall(ledger, { to: ledger.deployment.addresses.audits, data }, action)
  const [requested] = parseEventLogs({ abi: auditsAbi, eventName: 'Requested', logs: receipt.logs })
  return { ...toWritten(receipt), auditId: requested?.args.auditId ?? 0n }
}

import { auditsAbi } from '@hotaru/contracts'
import { encodeFunctionData, parseEventLogs } from 'viem'
import type { Ledger } from './createLedger.ts'
import { sendCall, toWritten, type Written } from './sendCall.ts'

/**
 * Has two machines that may be one card audited side by side: their committees work at the same time. For a verifier, once
 * a day.
 *
 * @returns The audits, in the order of the machines.
 */
export async function requestPairAudit(
  ledger: Ledger,
  { machineIds }: { machineIds: readonly [bigint, bigint] },
): Promise<Written & { auditIds: readonly [bigint, bigint] }> {
  const data = encodeFunctionData({ abi: auditsAbi, functionName: 'requestPair', args: machineIds })
  const action = `request audits of machines "${machineIds[0]}" and "${machineIds[1]}" side by side`
  const receipt = await sendCall(ledger, { to: ledger.deployment.addresses.audits, data }, action)
  const [requested] = parseEventLogs({ abi: auditsAbi, eventName: 'PairRequested', logs: receipt.logs })
  const { auditA = 0n, auditB = 0n } = requested?.args ?? {}
  return { ...toWritten(receipt), auditIds: [auditA, auditB] }
}

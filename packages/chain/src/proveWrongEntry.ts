import { auditsAbi } from '@hotaru/contracts'
import { encodeFunctionData, type Hex, parseEventLogs } from 'viem'
import type { Ledger } from './createLedger.ts'
import { sendCall, toWritten, type Written } from './sendCall.ts'

/** Proves that a machine's posted transcript holds a wrong entry: the machine is slashed and the account paid its share. */
export async function proveWrongEntry(
  ledger: Ledger,
  parameters: proveWrongEntry.Parameters,
): Promise<Written & { taken: bigint }> {
  const { auditId, round, roundPath, row, column, leaf, leafPath } = parameters
  const args = [auditId, round, roundPath, row, column, leaf, leafPath] as const
  const data = encodeFunctionData({ abi: auditsAbi, functionName: 'proveWrongEntry', args })
  const action = `prove a wrong entry in audit "${auditId}"`
  const receipt = await sendCall(ledger, { to: ledger.deployment.addresses.audits, data }, action)
  const [forged] = parseEventLogs({ abi: auditsAbi, eventName: 'Forged', logs: receipt.logs })
  return { ...toWritten(receipt), taken: forged?.args.taken ?? 0n }
}

export declare namespace proveWrongEntry {
  /** `WrongEntry` of the proof package, with the audit's number. */
  type Parameters = {
    auditId: bigint
    round: { slot: number; round: number; state: Hex; root: Hex }
    roundPath: readonly Hex[]
    row: number
    column: number
    leaf: Hex
    leafPath: readonly Hex[]
  }
}

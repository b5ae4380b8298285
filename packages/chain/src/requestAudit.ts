import { auditsAbi } from '@hotaru/contracts'
import { encodeFunctionData, type Hex, parseEventLogs, toHex } from 'viem'
import type { Ledger } from './createLedger.ts'
import { sendCall, toWritten, type Written } from './sendCall.ts'

/**
 * Asks the verifiers to audit a machine again. For its owner or key; one audit at a time.
 *
 * It says 32 bytes of chance along, as who plants a ringer says `ringerOf`: so nobody can tell which audits are.
 */
export async function requestAudit(
  ledger: Ledger,
  { machineId, ringer = toHex(crypto.getRandomValues(new Uint8Array(32))) }: requestAudit.Parameters,
): Promise<Written & { auditId: bigint }> {
  const data = encodeFunctionData({ abi: auditsAbi, functionName: 'requestWith', args: [machineId, ringer] })
  const action = `request an audit of machine "${machineId}"`
  const receipt = await sendCall(ledger, { to: ledger.deployment.addresses.audits, data }, action)
  const [requested] = parseEventLogs({ abi: auditsAbi, eventName: 'Requested', logs: receipt.logs })
  return { ...toWritten(receipt), auditId: requested?.args.auditId ?? 0n }
}

export declare namespace requestAudit {
  type Parameters = {
    machineId: bigint
    /** The commitment of a ringer; zero when it can be none, and proofs are taken at once. @default bytes of chance */
    ringer?: Hex | undefined
  }
}

import { auditsAbi } from '@hotaru/contracts'
import { encodeFunctionData, type Hex, parseEventLogs } from 'viem'
import type { Ledger } from './createLedger.ts'
import { sendCall, toWritten, type Written } from './sendCall.ts'

/**
 * Brings the beacon round that hits a machine, and so begins the audit that chance demands. Anyone may, within an hour of
 * the round. `findHits` tells whom a round hits.
 *
 * @param options.round The first of its tick of ten minutes.
 * @param options.beaconProof What the beacon takes as the proof of this round.
 */
export async function requestAuditByChance(
  ledger: Ledger,
  { machineId, round, beaconProof }: { machineId: bigint; round: bigint; beaconProof: Hex },
): Promise<Written & { auditId: bigint }> {
  const args = [machineId, round, beaconProof] as const
  const data = encodeFunctionData({ abi: auditsAbi, functionName: 'requestByChance', args })
  const action = `bring round "${round}" for an audit of machine "${machineId}"`
  const receipt = await sendCall(ledger, { to: ledger.deployment.addresses.audits, data }, action)
  const [requested] = parseEventLogs({ abi: auditsAbi, eventName: 'Requested', logs: receipt.logs })
  return { ...toWritten(receipt), auditId: requested?.args.auditId ?? 0n }
}

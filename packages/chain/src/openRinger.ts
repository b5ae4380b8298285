import { auditsAbi } from '@hotaru/contracts'
import { encodeFunctionData, type Hex, parseEventLogs } from 'viem'
import type { Ledger } from './createLedger.ts'
import { sendCall, toWritten, type Written } from './sendCall.ts'

/**
 * Says that an audit was a ringer, by a wrong entry that chance picked: who passed it is slashed in favour of who failed it. For
 * the machine's owner or key, within ten minutes of the verdict.
 */
export async function openRinger(
  ledger: Ledger,
  parameters: openRinger.Parameters,
): Promise<Written & { caught: bigint; fooled: bigint }> {
  const { auditId, salt, picked } = parameters
  const data = encodeFunctionData({ abi: auditsAbi, functionName: 'openRinger', args: [auditId, salt, picked] })
  const action = `open the ringer of audit "${auditId}"`
  const receipt = await sendCall(ledger, { to: ledger.deployment.addresses.audits, data }, action)
  const [opened] = parseEventLogs({ abi: auditsAbi, eventName: 'RingerOpened', logs: receipt.logs })
  return { ...toWritten(receipt), caught: opened?.args.caught ?? 0n, fooled: opened?.args.fooled ?? 0n }
}

export declare namespace openRinger {
  type Parameters = {
    auditId: bigint
    /** What `ringerOf` was made from. */
    salt: Hex
    picked: {
      /** Which pick of the slot it is. */
      pick: number
      round: { slot: number; round: number; state: Hex; root: Hex }
      roundPath: readonly Hex[]
      leaf: Hex
      leafPath: readonly Hex[]
      /** The proof of the beacon's round that picked. */
      beaconProof: Hex
    }
  }
}

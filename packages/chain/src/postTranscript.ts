import { auditsAbi } from '@hotaru/contracts'
import { encodeFunctionData, type Hex } from 'viem'
import type { Ledger } from './createLedger.ts'
import { type Written, writeCall } from './sendCall.ts'

/** Commits a machine to its answer in an audit, by the Merkle root of the transcript. For its owner or key. */
export function postTranscript(ledger: Ledger, parameters: { auditId: bigint; transcript: Hex }): Promise<Written> {
  const { auditId, transcript } = parameters
  const data = encodeFunctionData({ abi: auditsAbi, functionName: 'post', args: [auditId, transcript] })
  return writeCall(
    ledger,
    { to: ledger.deployment.addresses.audits, data },
    `post the transcript of audit "${auditId}"`,
  )
}

import { auditsAbi } from '@hotaru/contracts'
import type { Address } from 'viem'
import type { Ledger } from './createLedger.ts'
import { readCall } from './readCall.ts'

/** Unix seconds from which a verifier may ask for another pair of audits; 0 when it never did. */
export async function readPairableAt(ledger: Ledger, { verifier }: { verifier: Address }): Promise<number> {
  const seconds = await readCall(ledger, `ask when "${verifier}" may have a pair audited`, (client, { audits }) =>
    client.readContract({ abi: auditsAbi, address: audits, functionName: 'pairableAt', args: [verifier] }),
  )
  return Number(seconds)
}

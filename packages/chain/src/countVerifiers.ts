import { auditsAbi } from '@hotaru/contracts'
import type { Ledger } from './createLedger.ts'
import { readCall } from './readCall.ts'

/** How many verifiers are enrolled. */
export async function countVerifiers(ledger: Ledger): Promise<number> {
  const count = await readCall(ledger, 'count the verifiers', (client, { audits }) =>
    client.readContract({ abi: auditsAbi, address: audits, functionName: 'verifiers' }),
  )
  return Number(count)
}

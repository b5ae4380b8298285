import { committeesAbi } from '@hotaru/contracts'
import type { Ledger } from './createLedger.ts'
import { readCall } from './readCall.ts'

/** How many verifiers are enrolled. */
export async function countVerifiers(ledger: Ledger): Promise<number> {
  const count = await readCall(ledger, 'count the verifiers', (client, { committees }) =>
    client.readContract({ abi: committeesAbi, address: committees, functionName: 'verifiers' }),
  )
  return Number(count)
}

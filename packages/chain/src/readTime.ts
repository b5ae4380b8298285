import type { Ledger } from './createLedger.ts'
import { readCall } from './readCall.ts'

/** Unix seconds of the last block: the clock by which the ledger earns, waits and ends. */
export async function readTime(ledger: Ledger): Promise<number> {
  const block = await readCall(ledger, 'read the time of the chain', (client) => client.getBlock())
  return Number(block.timestamp)
}

import type { Ledger } from './createLedger.ts'
import { readCall } from './readCall.ts'

/** The first block at or after a unix second, by halving: a chain of a million blocks is twenty small reads. */
export async function findBlockAt(ledger: Ledger, time: number): Promise<bigint> {
  const { client, deployment } = ledger
  let low = BigInt(deployment.block)
  let high = await readCall(ledger, 'read the last block', () => client.getBlockNumber())
  while (low < high) {
    const middle = (low + high) / 2n
    const block = await readCall(ledger, 'find the block of a time', () => client.getBlock({ blockNumber: middle }))
    if (block.timestamp < BigInt(time)) low = middle + 1n
    else high = middle
  }
  return low
}

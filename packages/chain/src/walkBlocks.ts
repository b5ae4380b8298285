import type { Ledger } from './createLedger.ts'
import { readCall } from './readCall.ts'

/**
 * Asks for ranges of blocks, one after the other, until `ask` finds something; undefined when it never does.
 *
 * @param walk.from Where to begin: up to the last block, or with `backwards` down to the first of the ledger.
 */
export async function walkBlocks<T>(
  ledger: Ledger,
  walk: { from?: bigint; backwards?: boolean },
  ask: (range: { fromBlock: bigint; toBlock: bigint }) => Promise<T | undefined>,
): Promise<T | undefined> {
  const first = BigInt(ledger.deployment.block)
  const last = await readCall(ledger, 'read the last block', (client) => client.getBlockNumber())
  const action = 'read its events'
  if (walk.backwards) {
    for (let to = walk.from ?? last; to >= first; to -= rangeBlocks) {
      const fromBlock = to - first >= rangeBlocks ? to - rangeBlocks + 1n : first
      const found = await readCall(ledger, action, () => ask({ fromBlock, toBlock: to }))
      if (found !== undefined) return found
    }
    return undefined
  }
  for (let from = walk.from ?? first; from <= last; from += rangeBlocks) {
    const toBlock = from + rangeBlocks - 1n < last ? from + rangeBlocks - 1n : last
    const found = await readCall(ledger, action, () => ask({ fromBlock: from, toBlock }))
    if (found !== undefined) return found
  }
  return undefined
}

/** Public nodes commonly answer no more than a thousand blocks at once. */
const rangeBlocks = 1000n

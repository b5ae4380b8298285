import { BaseError } from '@hotaru/base'
import type { Engine } from './Engine.ts'

/** The end of the chain, and what else the next block depends on. */
export type Tip = {
  genesisTime: number
  number: number
  hash: string
  /** Unix seconds of the last block. */
  time: number
  aheadSeconds: number
  /** Raw transactions by hash that anvil holds but has not put in a block. */
  waiting: Map<string, string>
}

/**
 * Makes one block at `time` (unix seconds) out of what anvil holds, and moves `tip` to it.
 *
 * @returns How many transactions it took in.
 */
export async function mineBlock(engine: Engine, tip: Tip, time: number): Promise<number> {
  await engine.call('evm_mine', [`0x${time.toString(16)}`])
  const block = await lastBlock(engine)
  if (block.number !== tip.number + 1 || block.time !== time) {
    throw new UnexpectedBlockError({ number: block.number, time: block.time, expected: tip.number + 1 })
  }
  tip.number = block.number
  tip.hash = block.hash
  tip.time = block.time
  for (const hash of block.transactions) tip.waiting.delete(hash)
  return block.transactions.length
}

/** The last block of the chain, without the bodies of its transactions. */
export async function lastBlock(
  engine: Engine,
): Promise<{ number: number; hash: string; time: number; transactions: readonly string[] }> {
  type Raw = { number: string; hash: string; timestamp: string; transactions: readonly string[] }
  const raw = await engine.call<Raw>('eth_getBlockByNumber', ['latest', false])
  const { hash, transactions } = raw
  return { number: Number(raw.number), hash, time: Number(raw.timestamp), transactions }
}

/** How many held transactions could go into the next block. */
export async function countReady(engine: Engine): Promise<number> {
  const { pending } = await engine.call<{ pending: string }>('txpool_status')
  return Number(pending)
}

export class UnexpectedBlockError extends BaseError {
  override readonly name = 'Devchain.UnexpectedBlockError'

  constructor(facts: { number: number; time: number; expected: number }) {
    super(`Cannot go on: anvil made block "${facts.number}", expected "${facts.expected}"`, { facts })
  }
}

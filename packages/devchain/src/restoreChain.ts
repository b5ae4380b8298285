import { BaseError, type Logger } from '@hotaru/base'
import { Engine, EngineRefusalError } from './Engine.ts'
import { type Generation, readGenerations, snapshotPath } from './generations.ts'
import { lastBlock, mineBlock, type Tip } from './mineBlock.ts'
import type { Block, ChainRecord, Head } from './records.ts'

/**
 * Starts anvil from the newest good snapshot and repeats what the journals say came after it, block for block.
 *
 * Blocks come out with the same hashes, because the order of sending, the times, and anvil's random numbers are the
 * same; each hash is compared with the one that was recorded.
 *
 * @returns The running engine, where the chain stands, and the newest generation with its journal for new records.
 * `fellBack` is true when its snapshot was damaged.
 */
export async function restoreChain(directory: string, { binary, chainId, log }: restoreChain.Options) {
  const { generations, journal } = await readGenerations(directory, log)
  const [first, ...later] = generations
  let engine: Engine | undefined
  try {
    if (first?.head.chainId !== chainId)
      throw new OtherChainError({ directory, made: first?.head.chainId, asked: chainId })
    engine = await Engine.start(binary, engineArguments(directory, first))
    const tip = await loadedTip(engine, first.head)
    for (const generation of generations) {
      assertAt(tip, generation.head)
      for (const record of generation.records) await replay(engine, tip, record)
    }
    return { engine, tip, journal, generation: (later.at(-1) ?? first).number, fellBack: later.length > 0 }
  } catch (error) {
    await journal.close()
    await engine?.kill()
    throw error
  }
}

export declare namespace restoreChain {
  type Options = { binary: string; chainId: number; log: Logger }
}

function engineArguments(directory: string, { number, head }: Generation): string[] {
  const path = snapshotPath(directory, number)
  const chain = ['--chain-id', String(head.chainId)]
  if (number === 0) return [...chain, '--init', path]
  // anvil makes a block 0 beside the loaded one. With the same time it is the same block; else it would be chance
  // which of the two is found as number 0 after the next snapshot.
  return [...chain, '--load-state', path, '--timestamp', String(head.genesisTime)]
}

async function loadedTip(engine: Engine, head: Head): Promise<Tip> {
  // anvil's own clock goes on from here, for calls that look at the pending block.
  await engine.call('evm_setTime', [head.time])
  const { number, hash, time } = await lastBlock(engine)
  const { genesisTime, aheadSeconds } = head
  const tip = { genesisTime, number, hash, time, aheadSeconds, waiting: new Map<string, string>() }
  const answers = await engine.callEach<string>(
    'eth_sendRawTransaction',
    head.waiting.map((raw) => [raw]),
  )
  answers.forEach((answer, index) => {
    // One that can no longer go in (another took its nonce) is refused, as it would have stayed out for ever.
    if (!(answer instanceof EngineRefusalError)) tip.waiting.set(answer, head.waiting[index] ?? '')
  })
  return tip
}

async function replay(engine: Engine, tip: Tip, record: ChainRecord): Promise<void> {
  if (record.kind === 'ahead') tip.aheadSeconds = record.seconds
  else if (record.kind === 'change') await engine.call(record.method, record.params)
  else if (record.kind === 'block') await replayBlock(engine, tip, record)
}

async function replayBlock(engine: Engine, tip: Tip, { number, parent, time, transactions }: Block): Promise<void> {
  assertAt(tip, { number: number - 1, hash: parent })
  const calls = transactions.map((raw) => [raw])
  const answers = await engine.callEach<string>('eth_sendRawTransaction', calls)
  answers.forEach((answer, index) => {
    if (answer instanceof EngineRefusalError) throw new ReplayError({ problem: answer.message, block: number }, answer)
    tip.waiting.set(answer, transactions[index] ?? '')
  })
  await mineBlock(engine, tip, time)
}

function assertAt(tip: Tip, { number, hash }: { number: number; hash: string }): void {
  if (tip.number === number && tip.hash === hash) return
  throw new ReplayError({ problem: `block ${tip.number} came out as ${tip.hash}, recorded ${hash}`, block: number })
}

export class ReplayError extends BaseError {
  override readonly name = 'Devchain.ReplayError'

  constructor(facts: { problem: string; block: number }, cause?: unknown) {
    super('Cannot restore the chain: a replayed block differs, expected the block that was recorded', {
      facts,
      hint: 'another version of anvil may be installed; install the locked one with npm ci',
      cause,
    })
  }
}

export class OtherChainError extends BaseError {
  override readonly name = 'Devchain.OtherChainError'

  constructor({ directory, made, asked }: { directory: string; made: number | undefined; asked: number }) {
    super(`Cannot open the chain in "${directory}": it was made with chain id "${made}", expected "${asked}"`, {
      facts: { directory, made, asked },
      hint: 'ask for that chain id, or use another directory',
    })
  }
}

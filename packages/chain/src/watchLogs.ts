import type { BaseError, Clock } from '@hotaru/base'
import { sleep, systemClock } from '@hotaru/base/async'
import type { Abi, Address, ContractEventName, GetContractEventsReturnType, Hex } from 'viem'
import type { Ledger } from './createLedger.ts'
import { readCall } from './readCall.ts'
import { toLedgerError } from './toLedgerError.ts'

/** How a watch goes; all of it optional. */
export type WatchOptions = {
  /** The first block to look at; give the last seen one to go on after a restart. @default the present one */
  fromBlock?: bigint | undefined
  /** @default 1000 */
  pollMs?: number | undefined
  /** Blocks that are read again each time, because a reorganisation may have changed them. @default 12 */
  rereadBlocks?: number | undefined
  /** Ends the iteration without an error. */
  signal?: AbortSignal | undefined
  /** Told of each failed look; the watch goes on by itself. */
  onTrouble?: ((error: BaseError) => void) | undefined
  clock?: Clock | undefined
}

/** Where an event stands. The same event seen in another block after a reorganisation comes again. */
export type Position = { blockNumber: bigint; blockHash: Hex; logIndex: number; transactionHash: Hex }

/** An event, or the news that one seen before is no longer on the chain. */
export type Watched<Log> = { log: Log; removed: boolean }

/**
 * Yields the events of a contract for ever, by asking for ranges of blocks: works on any RPC URL, survives its outages,
 * loses nothing, and says what a reorganisation took back.
 */
export async function* watchLogs<const abi extends Abi>(
  ledger: Ledger,
  contract: { abi: abi; address: Address },
  options: WatchOptions = {},
): AsyncGenerator<Watched<EventLog<abi>>> {
  const { pollMs = 1000, rereadBlocks = 12, signal, clock = systemClock, onTrouble } = options
  let origin = options.fromBlock
  let read: bigint | undefined
  let lastHash: Hex | undefined
  const recent = new Map<string, EventLog<abi>>()
  while (!signal?.aborted) {
    try {
      const head = await readCall(ledger, 'watch its events', (client) => client.getBlock())
      origin ??= head.number
      const start = read === undefined ? origin : max(origin, read + 1n - BigInt(rereadBlocks))
      for (let from = start; from <= head.number && head.hash !== lastHash; from += rangeBlocks) {
        const to = min(head.number, from + rangeBlocks - 1n)
        const found = await readRange(ledger, contract, from, to)
        for (const [key, log] of recent) {
          if (log.blockNumber < from || log.blockNumber > to || found.has(key)) continue
          recent.delete(key)
          yield { log, removed: true }
        }
        for (const [key, log] of found) {
          if (recent.has(key)) continue
          recent.set(key, log)
          yield { log, removed: false }
        }
        read = to
      }
      lastHash = head.hash
      for (const [key, log] of recent) if (log.blockNumber + BigInt(rereadBlocks) < head.number) recent.delete(key)
    } catch (error) {
      onTrouble?.(toLedgerError(error, 'watch its events'))
    }
    await sleep(pollMs, { signal, clock }).catch(() => {})
  }
}

export type EventLog<abi extends Abi> = GetContractEventsReturnType<abi, ContractEventName<abi>, true>[number]

async function readRange<const abi extends Abi>(
  ledger: Ledger,
  { abi, address }: { abi: abi; address: Address },
  fromBlock: bigint,
  toBlock: bigint,
): Promise<Map<string, EventLog<abi>>> {
  const logs = await readCall(ledger, 'read its events', (client) =>
    client.getContractEvents({ abi: abi as Abi, address, fromBlock, toBlock, strict: true }),
  )
  return new Map(logs.map((log) => [`${log.blockHash}/${log.logIndex}`, log as EventLog<abi>]))
}

/** Public nodes commonly answer no more than a thousand blocks at once. */
const rangeBlocks = 1000n

const min = (a: bigint, b: bigint) => (a < b ? a : b)
const max = (a: bigint, b: bigint) => (a > b ? a : b)

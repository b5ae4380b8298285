import type { BaseError, Clock, Logger } from '@hotaru/base'
import { EngineGoneError } from './Engine.ts'
import { KeptEngine, type Place } from './KeptEngine.ts'
import { countReady, mineBlock, type Tip } from './mineBlock.ts'
import { takeSnapshot } from './takeSnapshot.ts'

/**
 * The embedded chain while it runs.
 *
 * What `send` answered is on disk and in a block, and is there with the same hash after a kill of anvil or of this
 * process at any instant. While anvil is being restored calls wait.
 */
export class Chain {
  readonly #options: Chain.Options
  readonly #kept: KeptEngine
  #sends: Send[] = []
  #flushQueued = false
  /** In the journal, but not yet known to be in a block. */
  #promised = new Map<string, Send>()
  #sealedAtMs = Number.NEGATIVE_INFINITY
  #freshening: Promise<void> | undefined
  #unsaved = { transactions: 0, blocks: 0, sinceMs: 0 }

  private constructor(options: Chain.Options) {
    this.#options = options
    this.#kept = new KeptEngine({
      ...options,
      onRestored: async (place, fellBack) => {
        this.#keepPromises()
        if (fellBack) await this.#save(place)
      },
      onFailure: (error) => {
        for (const { reject } of [...this.#sends.splice(0), ...this.#promised.values()]) reject(error)
        options.onFailure(error)
      },
    })
  }

  /** Restores the chain of a directory that has one, and goes on with it. */
  static async open(options: Chain.Options): Promise<Chain> {
    const chain = new Chain(options)
    await chain.#kept.live()
    return chain
  }

  /** The process id of anvil. */
  async enginePid(): Promise<number> {
    return (await this.#kept.live()).pid
  }

  /** Puts a raw transaction on the chain. @returns Its hash. @throws EngineRefusalError with anvil's own error. */
  send(raw: string): Promise<string> {
    return new Promise((resolve, reject) => {
      this.#sends.push({ raw, resolve, reject })
      this.#queueFlush()
    })
  }

  /** Passes a JSON-RPC body that changes nothing to anvil; asked again when anvil dies before it answers. */
  async read(body: Buffer): Promise<Buffer> {
    for (let attempt = 1; ; attempt++) {
      const engine = await this.#kept.live()
      try {
        const answer = await engine.forward(body)
        if (attempt === lateReads || !answer.includes(blockGone)) return answer
      } catch (error) {
        if (!(error instanceof EngineGoneError)) throw error
        await engine.kill()
      }
    }
  }

  /** Makes an empty block when the last one is old: the chain's time follows wall time while somebody looks. */
  async freshen(): Promise<void> {
    if (this.#options.clock.monotonicMs() - this.#sealedAtMs < this.#options.idleBlockMs) return
    this.#freshening ??= this.mine(1).finally(() => (this.#freshening = undefined))
    await this.#freshening
  }

  /** Makes `count` blocks, each `intervalSeconds` after the one before; without it they follow wall time. */
  mine(count: number, intervalSeconds?: number): Promise<void> {
    return this.#kept.change(async (place) => {
      for (let made = 0; made < count; made++) {
        const time = intervalSeconds === undefined ? this.#now(place.tip) : place.tip.time + intervalSeconds
        await this.#record(place, [], time)
        await this.#seal(place, time)
      }
    })
  }

  /** For tests: moves the chain's clock. @param to Given its time in unix seconds, says how far to move it. */
  travel(to: (time: number) => number): Promise<number> {
    return this.#kept.change(async ({ tip, journal }) => {
      const seconds = tip.aheadSeconds + to(this.#now(tip))
      await journal.append({ kind: 'ahead', seconds })
      tip.aheadSeconds = seconds
      return seconds
    })
  }

  /** For tests: a call of anvil's own that changes its state; repeated word for word after a crash. */
  alter(method: string, params: readonly unknown[]): Promise<unknown> {
    return this.#kept.change(async ({ engine, journal }) => {
      const result = await engine.call(method, params)
      await journal.append({ kind: 'change', method, params })
      return result
    })
  }

  /** Writes a snapshot now and begins a new journal, so that the next start has less to repeat. */
  save(): Promise<void> {
    return this.#kept.change((place) => this.#save(place))
  }

  /** Finishes what was asked, writes a snapshot, and ends anvil. */
  async stop(): Promise<void> {
    try {
      if (this.#unsaved.blocks > 0) await this.save()
    } catch (error) {
      this.#options.log.warn('last snapshot failed; the journal has everything', { error })
    }
    await this.#kept.end()
  }

  /** Unix seconds for the next block: wall time, and never before the last block. */
  #now({ time, aheadSeconds }: Tip): number {
    return Math.max(time, Math.floor(this.#options.clock.unixMs() / 1000) + aheadSeconds)
  }

  #queueFlush(): void {
    if (this.#flushQueued) return
    this.#flushQueued = true
    this.#kept
      .change((place) => this.#flush(place))
      .catch((error: unknown) => {
        this.#flushQueued = false
        for (const { reject } of this.#sends.splice(0)) reject(error)
      })
  }

  /** Everything that waits becomes one block: a burst costs one write to disk and one block, not thousands. */
  async #flush(place: Place): Promise<void> {
    const sends = this.#sends.slice(0, sendsPerBlock)
    const calls = sends.map(({ raw }) => [raw])
    const answers = await place.engine.callEach<string>('eth_sendRawTransaction', calls)
    this.#sends.splice(0, sends.length)
    this.#flushQueued = false
    if (this.#sends.length > 0) this.#queueFlush()
    const accepted = new Map<string, Send>()
    sends.forEach((send, index) => {
      const answer = answers[index]
      if (typeof answer === 'string') accepted.set(answer, send)
      else send.reject(answer)
    })
    if (accepted.size > 0) await this.#sealSends(place, accepted)
  }

  async #sealSends(place: Place, accepted: Map<string, Send>): Promise<void> {
    const time = this.#now(place.tip)
    try {
      await this.#record(
        place,
        [...accepted.values()].map(({ raw }) => raw),
        time,
      )
    } catch (error) {
      for (const { reject } of accepted.values()) reject(error)
      await place.engine.callEach(
        'anvil_dropTransaction',
        [...accepted.keys()].map((hash) => [hash]),
      )
      return
    }
    this.#promised = accepted
    for (const [hash, { raw }] of accepted) place.tip.waiting.set(hash, raw)
    await this.#seal(place, time)
    this.#keepPromises()
    try {
      await this.#sealRest(place)
      if (this.#saveDue()) await this.#save(place)
    } catch (error) {
      if (error instanceof EngineGoneError) throw error
      this.#options.log.warn('snapshot or further block failed; the journal has everything', { error })
      this.#unsaved = { transactions: 0, blocks: 1, sinceMs: this.#options.clock.monotonicMs() }
    }
  }

  /** A block has a gas limit: what did not fit goes into the next ones. It was promised, so trouble here refuses nobody. */
  async #sealRest(place: Place): Promise<void> {
    for (let left = place.tip.waiting.size; left > 0 && (await countReady(place.engine)) > 0; ) {
      const time = this.#now(place.tip)
      await this.#record(place, [], time)
      await this.#seal(place, time)
      if (place.tip.waiting.size === left) return
      left = place.tip.waiting.size
    }
  }

  /** The journal first: from the moment the record is on disk the block is a fact. */
  async #record({ journal, tip }: Place, transactions: readonly string[], time: number): Promise<void> {
    await journal.append({ kind: 'block', number: tip.number + 1, parent: tip.hash, time, transactions })
    if (this.#unsaved.blocks === 0) this.#unsaved.sinceMs = this.#options.clock.monotonicMs()
    this.#unsaved.blocks++
    this.#unsaved.transactions += transactions.length
  }

  async #seal({ engine, tip }: Place, time: number): Promise<void> {
    await mineBlock(engine, tip, time)
    this.#sealedAtMs = this.#options.clock.monotonicMs()
  }

  #keepPromises(): void {
    for (const [hash, { resolve }] of this.#promised) resolve(hash)
    this.#promised = new Map()
  }

  #saveDue(): boolean {
    const { saveAfterTransactions, saveAfterMs, clock } = this.#options
    const { transactions, blocks, sinceMs } = this.#unsaved
    const old = transactions > 0 && clock.monotonicMs() - sinceMs >= saveAfterMs
    return old || transactions + blocks >= saveAfterTransactions
  }

  async #save(place: Place): Promise<void> {
    const generation = place.generation + 1
    const { directory, chainId, log, clock } = this.#options
    const startMs = clock.monotonicMs()
    const before = place.journal
    place.journal = await takeSnapshot(place.engine, place.tip, { directory, generation, chainId })
    place.generation = generation
    await before.close()
    this.#unsaved = { transactions: 0, blocks: 0, sinceMs: 0 }
    log.info('snapshot written', { generation, block: place.tip.number, durationMs: clock.monotonicMs() - startMs })
  }
}

export declare namespace Chain {
  type Options = {
    directory: string
    /** Path of anvil. */
    binary: string
    chainId: number
    clock: Clock
    log: Logger
    /** The oldest that the last block may be when somebody reads. */
    idleBlockMs: number
    /** A snapshot is due after so many transactions and blocks. */
    saveAfterTransactions: number
    /** A snapshot is due after so long, when there was a transaction. */
    saveAfterMs: number
    onFailure: (error: BaseError) => void
  }
}

type Send = { raw: string; resolve: (hash: string) => void; reject: (error: unknown) => void }

/** Half of what fits into a block of 60,000,000 gas when each is a plain transfer of 21,000. */
const sendsPerBlock = 1400

/**
 * anvil resolves "latest" to a number and then looks for the state of that block, which is gone when a block was mined in
 * between: it keeps the newest only. Asked again it looks at the new one. A block that is long gone stays gone.
 */
const blockGone = 'BlockOutOfRangeError'
const lateReads = 5

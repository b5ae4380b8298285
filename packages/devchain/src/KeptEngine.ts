import { BaseError, type Logger } from '@hotaru/base'
import { Mutex } from '@hotaru/base/async'
import type { Journal } from '@hotaru/journal'
import { type Engine, EngineGoneError, EngineStartError } from './Engine.ts'
import type { Tip } from './mineBlock.ts'
import type { ChainRecord } from './records.ts'
import { restoreChain } from './restoreChain.ts'

/** Where the chain stands, and what is needed to go on; replaced whole by a restore. */
export type Place = { engine: Engine; tip: Tip; journal: Journal<ChainRecord>; generation: number }

/**
 * Anvil, restored from disk whenever it dies. All that changes the chain goes through `change`, one at a time, and so
 * do restores, because a restore reads the journal that changes write.
 */
export class KeptEngine {
  readonly #options: KeptEngine.Options
  readonly #line = new Mutex()
  #place: Place | undefined
  #end: BaseError | undefined

  constructor(options: KeptEngine.Options) {
    this.#options = options
  }

  /** The running engine; waits while it is being restored. */
  async live(): Promise<Engine> {
    if (this.#place && !this.#end) return this.#place.engine
    return this.change(async ({ engine }) => engine)
  }

  /** Runs `work` alone with a live engine, and again from its beginning when the engine dies on the way. */
  change<T>(work: (place: Place) => Promise<T>): Promise<T> {
    return this.#line.run(async () => {
      for (;;) {
        const place = this.#place ?? (await this.#restore())
        try {
          return await work(place)
        } catch (error) {
          if (!(error instanceof EngineGoneError)) throw error
          await this.#drop(place)
        }
      }
    })
  }

  /** Ends the engine after the changes that wait; later calls reject. */
  async end(): Promise<void> {
    await this.#line.run(async () => {
      this.#end ??= new ChainStoppedError()
      if (this.#place) await this.#drop(this.#place)
    })
  }

  async #drop(place: Place): Promise<void> {
    this.#place = undefined
    await place.engine.kill()
    await place.journal.close()
  }

  async #restore(): Promise<Place> {
    const { directory, log } = this.#options
    for (let attempt = 1; !this.#end; attempt++) {
      try {
        const { fellBack, ...place } = await restoreChain(directory, this.#options)
        this.#place = place
        void place.engine.gone.then(() => this.#revive(place))
        await this.#options.onRestored(place, fellBack)
        return place
      } catch (error) {
        const died = error instanceof EngineGoneError || error instanceof EngineStartError
        log.warn('restore failed', { attempt, error })
        if (died && attempt < restoreAttempts) continue
        this.#end =
          !died && error instanceof BaseError ? error : new EngineKeepsDyingError({ attempts: attempt }, error)
        this.#options.onFailure(this.#end)
      }
    }
    throw this.#end
  }

  /** Restores at once instead of when somebody asks, so that the next one need not wait. */
  #revive(dead: Place): void {
    if (this.#place !== dead) return
    this.#options.log.warn('engine died, restoring it', { pid: dead.engine.pid })
    this.change(async ({ engine }) => {
      if (engine === dead.engine) throw new EngineGoneError(undefined)
    }).catch((error: unknown) => this.#options.log.error('chain lost', { error }))
  }
}

export declare namespace KeptEngine {
  type Options = restoreChain.Options & {
    directory: string
    log: Logger
    /** Called inside the line, before anything else happens. */
    onRestored: (place: Place, fellBack: boolean) => Promise<void>
    /** The chain cannot go on; every call rejects with `error` from now on. */
    onFailure: (error: BaseError) => void
  }
}

/** A crash that repeats in the very restore is no accident: one retry tells a bad moment from a bad block, two are sure. */
const restoreAttempts = 3

export class EngineKeepsDyingError extends BaseError {
  override readonly name = 'Devchain.EngineKeepsDyingError'

  constructor(facts: { attempts: number }, cause: unknown) {
    super(`Cannot keep the chain up: anvil died in "${facts.attempts}" restores in a row, expected it to stay up`, {
      facts,
      hint: 'look at the memory that is free and at the cause below; the directory still holds everything acknowledged',
      cause,
    })
  }
}

export class ChainStoppedError extends BaseError {
  override readonly name = 'Devchain.ChainStoppedError'

  constructor() {
    super('Cannot use the chain: it is stopping, expected it to run', { retry: 'later' })
  }
}

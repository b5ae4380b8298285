import type { Logger } from '../Logger.ts'
import { silentLogger } from '../Logger.ts'
import { DeadlineError, deadline } from './deadline.ts'

/**
 * One orderly end of a process: `signal` tells everybody to stop, then what was registered is closed, last first.
 *
 * A closer that hangs longer than `timeoutMs` is left behind with a warning, so that the rest still closes.
 */
export class Shutdown {
  readonly #controller = new AbortController()
  readonly #log: Logger
  readonly #timeoutMs: number
  #closers: { name: string; close: () => unknown }[] = []
  #done: Promise<void> | undefined

  constructor(options: Shutdown.Options = {}) {
    this.#log = options.log ?? silentLogger
    this.#timeoutMs = options.timeoutMs ?? 10_000
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  /** Registers what has to be closed; the last registered is closed first. */
  add(name: string, close: () => unknown): void {
    this.#closers.push({ name, close })
  }

  /** Ends everything once; later calls wait for the same end. */
  end(reason = 'shutdown'): Promise<void> {
    this.#done ??= this.#close(reason)
    return this.#done
  }

  async #close(reason: string): Promise<void> {
    this.#controller.abort(reason)
    for (const { name, close } of this.#closers.reverse()) {
      try {
        await deadline(Promise.resolve(close()), this.#timeoutMs, { what: `close ${name}` })
      } catch (error) {
        this.#log.warn(error instanceof DeadlineError ? 'closer left behind' : 'closer failed', { name, error })
      }
    }
  }
}

export declare namespace Shutdown {
  type Options = {
    log?: Logger | undefined
    /** The longest any one closer may take. @default 10_000 */
    timeoutMs?: number | undefined
  }
}

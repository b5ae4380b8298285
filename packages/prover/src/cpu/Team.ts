import { Worker } from 'node:worker_threads'
import { BaseError } from '@hotaru/base'
import { Mutex } from '@hotaru/base/async'
import type { KeptLeaf } from './makeProduct.ts'
import { counters, namesAt } from './places.ts'
import type { Job, ThreadData } from './thread.ts'
import { type Module, type SharedMemory, webAssembly } from './webAssembly.ts'

/** Something for a team to do: `names` is what it is made from, `bytes` how much memory it takes. */
export type Task = { job: Job; names: Uint8Array; bytes: number }

/**
 * Threads that do one job at a time together, over one memory that they share. They do not keep the process alive
 * between jobs; memory goes with them.
 */
export class Team {
  readonly #mutex = new Mutex()
  readonly #memory: SharedMemory
  readonly #threads: readonly Worker[]
  #ended: Error | undefined
  #refuse: (reason: Error) => void = () => {}

  constructor(module: Module, threads: number) {
    this.#memory = new webAssembly.Memory({ initial: 1, maximum: maxPages, shared: true })
    this.#threads = Array.from({ length: threads }, (_, thread) => {
      const workerData: ThreadData = { module, thread, threads }
      const worker = new Worker(new URL('./thread.ts', import.meta.url), { workerData })
      worker.once('error', (cause) => this.#end(new ThreadError({ cause })))
      worker.once('exit', () => this.#end(new ThreadError({ cause: undefined })))
      worker.unref()
      return worker
    })
  }

  /**
   * Does a task when those before it are done, and reads what came of it before the next begins.
   *
   * @throws `Prover.MemoryError`, `Prover.ThreadError`, `Prover.ClosedError`.
   */
  run<T>({ job, names, bytes }: Task, read: (memory: SharedArrayBuffer, kept: KeptLeaf[]) => T): Promise<T> {
    return this.#mutex.run(async () => {
      if (this.#ended) throw this.#ended
      this.#reserve(bytes)
      new Int32Array(this.#memory.buffer, counters.at, counters.count).fill(0)
      new Uint8Array(this.#memory.buffer, namesAt, names.length).set(names)
      return read(this.#memory.buffer, await this.#ask(job))
    })
  }

  /** Ends the threads; what is being done is refused. */
  async close(): Promise<void> {
    this.#end(new ClosedError())
    await Promise.all(this.#threads.map((worker) => worker.terminate()))
  }

  #ask(job: Job): Promise<KeptLeaf[]> {
    const { promise, resolve, reject } = Promise.withResolvers<KeptLeaf[]>()
    const kept: KeptLeaf[][] = []
    this.#refuse = reject
    for (const worker of this.#threads) {
      worker.ref()
      worker.once('message', (leaves: KeptLeaf[]) => {
        worker.unref()
        if (kept.push(leaves) === this.#threads.length) resolve(kept.flat())
      })
      worker.postMessage({ job, memory: this.#memory })
    }
    return promise
  }

  #reserve(bytes: number): void {
    const pages = Math.ceil(bytes / pageBytes) - this.#memory.buffer.byteLength / pageBytes
    if (pages <= 0) return
    if (bytes > maxPages * pageBytes) throw new MemoryError({ bytes, most: maxPages * pageBytes, cause: undefined })
    try {
      this.#memory.grow(pages)
    } catch (cause) {
      throw new MemoryError({ bytes, most: this.#memory.buffer.byteLength, cause })
    }
  }

  #end(reason: Error): void {
    this.#ended ??= reason
    this.#refuse(this.#ended)
    for (const worker of this.#threads) void worker.terminate()
  }
}

const pageBytes = 65_536

/** One page less than 4 GiB, so that every place and every length fits into 32 bits. */
const maxPages = 65_535

export class MemoryError extends BaseError {
  override readonly name = 'Prover.MemoryError'

  constructor({ bytes, most, cause }: { bytes: number; most: number; cause: unknown }) {
    super(`Cannot take memory for the job: it needs ${bytes} bytes, expected at most ${most}`, {
      facts: { bytes, most },
      hint: 'Ask for fewer cells, lanes or segments, or use a back end of a GPU',
      cause,
    })
  }
}

export class ThreadError extends BaseError {
  override readonly name = 'Prover.ThreadError'

  constructor({ cause }: { cause: unknown }) {
    super('Cannot finish the job: one of its threads has ended, expected an answer of each', {
      hint: 'Close the back end and create another',
      retry: 'elsewhere',
      cause,
    })
  }
}

export class ClosedError extends BaseError {
  override readonly name = 'Prover.ClosedError'

  constructor() {
    super('Cannot finish the job: the back end was closed, expected it open until all jobs are done')
  }
}

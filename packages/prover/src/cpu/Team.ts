import { MessageChannel, Worker } from 'node:worker_threads'
import { BaseError } from '@hotaru/base'
import { Mutex } from '@hotaru/base/async'
import { mostBytes } from './places.ts'
import type { Job, Reply, Results, Task, ThreadData } from './thread.ts'
import type { Module } from './webAssembly.ts'

/**
 * Threads that do one job at a time together, over one memory that they share. They do not keep the process alive
 * between jobs; when they are ended their memory is free.
 */
export class Team {
  readonly #mutex = new Mutex()
  readonly #threads: readonly Worker[]
  #ended: Error | undefined
  #refuse: (reason: Error) => void = () => {}

  constructor(module: Module, threads: number) {
    const channels = Array.from({ length: threads - 1 }, () => new MessageChannel())
    const first = channels.map(({ port1 }) => port1)
    const others = channels.map(({ port2 }) => [port2])
    this.#threads = [first, ...others].map((ports, thread) => {
      const workerData: ThreadData = { module, thread, threads, ports }
      const worker = new Worker(new URL('./thread.ts', import.meta.url), { workerData, transferList: ports })
      worker.once('error', (cause) => this.#end(new ThreadError({ cause })))
      worker.once('exit', () => this.#end(new ThreadError({ cause: undefined })))
      worker.unref()
      return worker
    })
  }

  /**
   * Does a task when those before it are done.
   *
   * @throws `Prover.MemoryError`, `Prover.ThreadError`, `Prover.ClosedError`.
   */
  run<J extends Job>(task: Task<J>): Promise<Results[J['kind']]> {
    return this.#mutex.run(async () => {
      if (this.#ended) throw this.#ended
      const reply = await this.#ask(task)
      if (!reply) throw new MemoryError({ bytes: task.bytes })
      return reply.result as Results[J['kind']]
    })
  }

  /** Ends the threads; what is being done is refused. */
  async close(): Promise<void> {
    this.#end(new ClosedError())
    await Promise.all(this.#threads.map((worker) => worker.terminate()))
  }

  #ask(task: Task): Promise<Reply> {
    const { promise, resolve, reject } = Promise.withResolvers<Reply>()
    const [leader] = this.#threads
    this.#refuse = reject
    leader?.ref()
    leader?.once('message', (reply: Reply) => {
      leader.unref()
      resolve(reply)
    })
    leader?.postMessage(task)
    return promise
  }

  #end(reason: Error): void {
    this.#ended ??= reason
    this.#refuse(this.#ended)
    for (const worker of this.#threads) void worker.terminate()
  }
}

export class MemoryError extends BaseError {
  override readonly name = 'Prover.MemoryError'

  constructor({ bytes }: { bytes: number }) {
    super(`Cannot do the work: it needs ${bytes} bytes of memory, expected at most ${mostBytes} and as many free`, {
      facts: { bytes, mostBytes },
      hint: 'Ask for a smaller matrix, fewer cells, lanes or segments, or use the back end of a GPU',
    })
  }
}

export class ThreadError extends BaseError {
  override readonly name = 'Prover.ThreadError'

  constructor({ cause }: { cause: unknown }) {
    super('Cannot do the work: one of the threads has ended, expected the shares of all', {
      hint: 'Close the back end and create another',
      retry: 'elsewhere',
      cause,
    })
  }
}

export class ClosedError extends BaseError {
  override readonly name = 'Prover.ClosedError'

  constructor() {
    super('Cannot do the work: the back end, or the memory, was closed, expected it open until all is done')
  }
}

import type { Clock } from '@hotaru/base'
import type { Exit } from '@hotaru/protocol'
import type { LogChunk, LogOptions, Task } from '../Driver.ts'
import type { FakeBehaviour } from './FakeBehaviour.ts'

/** Node's timers fire at once when asked to wait longer; no test lives that long. */
const longestTimerMs = 2 ** 31 - 1

/** One pretended workload: its output, its timers, and its one end. It outlives the driver instance that started it. */
export class FakeWorkload {
  readonly task: Task
  readonly behaviour: FakeBehaviour
  readonly startedMs: number
  readonly #output: Record<'stdout' | 'stderr', Uint8Array> = { stdout: new Uint8Array(), stderr: new Uint8Array() }
  readonly #cancels: (() => void)[] = []
  #exit: Exit | undefined
  #changed = Promise.withResolvers<void>()

  constructor(task: Task, behaviour: FakeBehaviour, clock: Clock) {
    this.task = task
    this.behaviour = behaviour
    this.startedMs = clock.monotonicMs()
    this.#printFrom(0, clock)
    if (behaviour.runForMs !== null) this.#after(clock, behaviour.runForMs, () => this.end(behaviour.exit))
    this.#after(clock, task.deadlineUnixMs - clock.unixMs(), () => this.end({ code: null, reason: 'deadline' }))
  }

  get exit(): Exit | undefined {
    return this.#exit
  }

  /** Adds to what the program printed. */
  print(stream: 'stdout' | 'stderr', text: string): void {
    const bytes = new TextEncoder().encode(text)
    const before = this.#output[stream]
    this.#output[stream] = new Uint8Array(before.length + bytes.length)
    this.#output[stream].set(before)
    this.#output[stream].set(bytes, before.length)
    this.#announce()
  }

  /** Ends the workload; the first end is the one that counts. */
  end(exit: Exit): void {
    if (this.#exit) return
    this.#exit = exit
    for (const cancel of this.#cancels) cancel()
    this.#announce()
  }

  async wait(signal?: AbortSignal | undefined): Promise<Exit> {
    while (!this.#exit) await this.#change(signal)
    return this.#exit
  }

  async *logs({ follow = false, fromByte, signal }: LogOptions): AsyncGenerator<LogChunk> {
    const at = { stdout: fromByte?.stdout ?? 0, stderr: fromByte?.stderr ?? 0 }
    for (;;) {
      signal?.throwIfAborted()
      const change = this.#change(signal)
      change.catch(() => {})
      const ended = this.#exit !== undefined
      for (const stream of ['stdout', 'stderr'] as const) {
        const bytes = this.#output[stream].subarray(at[stream])
        if (bytes.length === 0) continue
        yield { stream, atByte: at[stream], bytes }
        at[stream] += bytes.length
      }
      if (ended || !follow) return
      await change
    }
  }

  /** One timer at a time: timers of different lengths may overtake each other by a millisecond, lines may not. */
  #printFrom(index: number, clock: Clock): void {
    const line = this.behaviour.output[index]
    if (!line) return
    const printIt = () => {
      this.print(line.stream, line.text)
      this.#printFrom(index + 1, clock)
    }
    const delayMs = this.startedMs + (line.afterMs ?? 0) - clock.monotonicMs()
    if (delayMs <= 0) printIt()
    else this.#after(clock, delayMs, printIt)
  }

  #after(clock: Clock, delayMs: number, run: () => void): void {
    this.#cancels.push(clock.after(Math.min(delayMs, longestTimerMs), run))
  }

  #announce(): void {
    const changed = this.#changed
    this.#changed = Promise.withResolvers()
    changed.resolve()
  }

  #change(signal: AbortSignal | undefined): Promise<void> {
    if (!signal) return this.#changed.promise
    if (signal.aborted) return Promise.reject(signal.reason)
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const onAbort = () => reject(signal.reason)
    signal.addEventListener('abort', onAbort, { once: true })
    this.#changed.promise.then(() => {
      signal.removeEventListener('abort', onAbort)
      resolve()
    })
    return promise
  }
}

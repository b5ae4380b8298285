import type { RunEvent } from '@hotaru/sdk/lease'

/** Where the time went from the start of the process to the first byte of output. */
export type Timing = { processMs: number; chainMs: number; linkMs: number; driverMs: number; firstByteMs: number }

/** Marks of a run on the process's clock, which starts with the process. */
export class RunTiming {
  readonly #nowMs: () => number
  #marks: { ready?: number; leased?: number; sent?: number; output?: number } = {}

  constructor(nowMs: () => number) {
    this.#nowMs = nowMs
  }

  /** Modules are loaded, flags read, the workload packed: from here on others are waited for. */
  ready(): void {
    this.#marks.ready ??= this.#nowMs()
  }

  see(event: RunEvent): void {
    if (event.type === 'leased' || event.type === 'sent' || event.type === 'output')
      this.#marks[event.type] ??= this.#nowMs()
  }

  /** The split; undefined when no byte was printed. */
  read(): Timing | undefined {
    const { ready, leased, sent, output } = this.#marks
    if (ready === undefined || leased === undefined || sent === undefined || output === undefined) return undefined
    const [processMs, chainMs, linkMs, driverMs, firstByteMs] = [
      ready,
      leased - ready,
      sent - leased,
      output - sent,
      output,
    ].map(Math.round)
    if (processMs === undefined || chainMs === undefined || linkMs === undefined) return undefined
    return { processMs, chainMs, linkMs, driverMs: driverMs ?? 0, firstByteMs: firstByteMs ?? 0 }
  }
}

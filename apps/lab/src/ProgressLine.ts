/** The line is drawn at most this often: more is flicker. */
const drawEveryMs = 80

/** One moving line on a terminal, while something long runs; nothing in a pipe. */
export class ProgressLine {
  readonly #out: NodeJS.WriteStream
  #lastMs = Number.NEGATIVE_INFINITY

  constructor(out: NodeJS.WriteStream) {
    this.#out = out
  }

  /** Shows how far it is. */
  update({ done, total, label }: { done: number; total: number; label: string }): void {
    const nowMs = performance.now()
    if (!this.#out.isTTY || nowMs - this.#lastMs < drawEveryMs) return
    this.#lastMs = nowMs
    const full = Math.round((done / total) * barColumns)
    const percent = String(Math.floor((done / total) * 100)).padStart(3)
    const text = ` ${'█'.repeat(full)}${'░'.repeat(barColumns - full)} ${percent} %  ${label}`
    this.#out.write(`\r\x1b[2K${text.slice(0, Math.max(10, this.#out.columns - 1))}`)
  }

  /** Takes the line away. */
  clear(): void {
    if (this.#out.isTTY) this.#out.write('\r\x1b[2K')
  }
}

const barColumns = 24

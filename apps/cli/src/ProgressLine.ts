import { formatSeconds } from '@hotaru/protocol'
import { printable } from './describeMachine.ts'
import type { Terminal } from './Terminal.ts'

/** How far something is. */
export type Progress = { done: number; total: number; label?: string | undefined }

/** The line is drawn at most this often: more is flicker. */
const drawEveryMs = 80
const barColumns = 24

/**
 * One moving line at the foot of the screen; draws nothing where nobody looks.
 *
 * Whoever prints something else calls `clear` before and the line comes back with the next update.
 */
export class ProgressLine {
  readonly #terminal: Terminal
  readonly #monotonicMs: () => number
  #firstMs: number | undefined
  #firstDone = 0
  #lastMs = Number.NEGATIVE_INFINITY
  #isDrawn = false

  constructor(terminal: Terminal, monotonicMs: () => number) {
    this.#terminal = terminal
    this.#monotonicMs = monotonicMs
  }

  update(progress: Progress): void {
    const nowMs = this.#monotonicMs()
    if (this.#firstMs === undefined) {
      this.#firstMs = nowMs
      this.#firstDone = progress.done
    }
    if (!this.#terminal.isMoving) return
    if (nowMs - this.#lastMs < drawEveryMs && progress.done < progress.total) return
    this.#lastMs = nowMs
    this.#isDrawn = true
    const text = renderProgress(progress, this.#secondsLeft(progress, nowMs))
    this.#terminal.draw(`\r\x1b[2K${text.slice(0, Math.max(10, this.#terminal.columns - 1))}`)
  }

  clear(): void {
    if (this.#isDrawn) this.#terminal.draw('\r\x1b[2K')
    this.#isDrawn = false
  }

  #secondsLeft({ done, total }: Progress, nowMs: number): number | undefined {
    const made = done - this.#firstDone
    if (made <= 0 || this.#firstMs === undefined) return undefined
    return Math.ceil((((nowMs - this.#firstMs) / made) * (total - done)) / 1000)
  }
}

/** A bar with what is done, and the time it will still take: ` ██████░░░░░░  25 %  tile 16/64  12s left`. */
function renderProgress({ done, total, label }: Progress, secondsLeft: number | undefined): string {
  const share = Math.min(1, Math.max(0, done / total))
  const full = Math.round(share * barColumns)
  const parts = [
    ` ${'█'.repeat(full)}${'░'.repeat(barColumns - full)}`,
    `${String(Math.floor(share * 100)).padStart(3)} %`,
    label === undefined ? `${done}/${total}` : printable(label),
  ]
  if (secondsLeft !== undefined && share < 1) parts.push(`${formatSeconds(secondsLeft)} left`)
  return parts.join('  ')
}

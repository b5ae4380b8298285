import { relative } from 'node:path'
import type { Clock } from '@hotaru/base'
import { type ClassRow, formatBytes, formatSeconds, formatTokens } from '@hotaru/protocol'
import { LineSplitter, type ProgramLine, readProgramLine } from '@hotaru/sdk'
import type { RunEvent } from '@hotaru/sdk/lease'
import { describeSize } from '../describeClass.ts'
import { describePrice, printable } from '../describeMachine.ts'
import { ProgressLine } from '../ProgressLine.ts'
import type { Terminal } from '../Terminal.ts'
import { tameOutput } from '../tameOutput.ts'

/** Shows a run to a person: what the program prints as data, everything else as notes, progress as one moving line. */
export class RunScreen {
  readonly #terminal: Terminal
  readonly #clock: Pick<Clock, 'monotonicMs'>
  readonly #classTable: readonly ClassRow[]
  /** Two lines, one after the other, so that the speed of one is not the other's. */
  readonly #sending: ProgressLine
  readonly #progress: ProgressLine
  readonly #splitters = { stdout: new LineSplitter(), stderr: new LineSplitter() }
  #stepMs: number
  #runningMs = 0

  constructor(terminal: Terminal, { clock, classTable = [] }: RunScreen.Options) {
    this.#classTable = classTable
    this.#terminal = terminal
    this.#clock = clock
    this.#sending = new ProgressLine(terminal, () => clock.monotonicMs())
    this.#progress = new ProgressLine(terminal, () => clock.monotonicMs())
    this.#stepMs = clock.monotonicMs()
  }

  show(event: RunEvent): void {
    switch (event.type) {
      case 'output':
        for (const line of this.#splitters[event.stream].push(event.bytes)) this.#showLine(event.stream, line)
        return
      case 'sending':
        this.#sending.update({
          done: event.bytes,
          total: Math.max(1, event.totalBytes),
          label: `sending ${formatBytes(event.totalBytes)}`,
        })
        return
      case 'closed':
        return
      default: {
        if (event.type === 'exit') this.#flush()
        if (event.type === 'running') this.#runningMs = this.#clock.monotonicMs()
        const text = this.#describe(event)
        if (text !== undefined) this.#note(text)
      }
    }
  }

  /** Prints what is left of a last line without newline, and takes the moving line away. */
  end(): void {
    this.#flush()
    this.#sending.clear()
    this.#progress.clear()
  }

  #describe(event: Exclude<RunEvent, { type: 'output' | 'sending' | 'closed' }>): string | undefined {
    const paint = this.#terminal.notePaint
    const done = (text: string) => ` ${paint.good('✓')} ${text} ${paint.faint(this.#took())}`
    switch (event.type) {
      case 'offer': {
        const { machine, seconds } = event
        const size = describeSize(machine, this.#classTable, paint)
        const terms = `${size} · ${describePrice(machine)} · ${machine.offer.tier} · for at most ${formatSeconds(seconds)}`
        return `Leasing machine ${machine.id}: ${terms}`
      }
      case 'gone':
        return paint.warn(`machine ${event.machineId} is gone: ${event.reason}`)
      case 'leased':
        return done(`lease ${event.leaseId} open, ${formatTokens(event.escrow)} locked`)
      case 'linked':
        return undefined
      case 'sent':
        return done(
          event.files === 0 ? 'files are there already' : `${count(event.files)} sent, ${formatBytes(event.bytes)}`,
        )
      case 'running':
        return done('program runs, the clock of the lease starts')
      case 'exit': {
        const took = formatSpan(this.#clock.monotonicMs() - this.#runningMs)
        return event.exit.code === 0
          ? ` ${paint.good('✓')} program ended well ${paint.faint(took)}`
          : ` ${paint.bad('✗')} program ended badly: ${describeExit(event.exit)}`
      }
      case 'stopping':
        return paint.warn(`stopping: ${printable(event.reason)}`)
      case 'saved':
        return ` ${paint.good('✓')} ${printable(event.path)} (${formatBytes(event.sizeBytes)}) saved as ${paint.hint(relative(process.cwd(), event.location))}`
    }
  }

  #showLine(stream: 'stdout' | 'stderr', line: string): void {
    const message = stream === 'stdout' ? readProgramLine(line.trimEnd()) : undefined
    if (message) {
      this.#showMessage(message)
      return
    }
    this.#progress.clear()
    if (stream === 'stdout') this.#terminal.write(this.#terminal.isScreen ? tameOutput(line) : line)
    else this.#terminal.draw(this.#terminal.isMoving ? tameOutput(line) : line)
  }

  #showMessage(message: ProgramLine): void {
    if ('progress' in message) this.#progress.update(message.progress)
    else if ('device' in message) this.#note(` ${this.#terminal.notePaint.good('✓')} ${describeDevice(message.device)}`)
    else {
      const values = Object.entries(message.result).map(([key, value]) => `${key} ${String(value)}`)
      this.#note(`Result: ${printable(values.join(', '))}`)
    }
  }

  #note(text: string): void {
    this.#sending.clear()
    this.#progress.clear()
    this.#terminal.note(text)
  }

  #flush(): void {
    for (const stream of ['stdout', 'stderr'] as const) {
      const rest = this.#splitters[stream].end()
      if (rest) this.#showLine(stream, `${rest}\n`)
    }
  }

  #took(): string {
    const nowMs = this.#clock.monotonicMs()
    const tookMs = nowMs - this.#stepMs
    this.#stepMs = nowMs
    return formatSpan(tookMs)
  }
}

export declare namespace RunScreen {
  type Options = {
    clock: Pick<Clock, 'monotonicMs'>
    /** The ledger's, where offers are shown. */
    classTable?: readonly ClassRow[] | undefined
  }
}

function formatSpan(spanMs: number): string {
  if (spanMs < 1000) return `${Math.round(spanMs)}ms`
  return spanMs < 60_000 ? `${(spanMs / 1000).toFixed(1)}s` : formatSeconds(spanMs / 1000)
}

/** How a program ended, in words. */
export function describeExit({ code, reason }: { code: number | null; reason: string }): string {
  const reasons: Record<string, string> = {
    exited: `it exited with ${code}`,
    stopped: 'it was stopped',
    memory: 'it used more memory than its limit',
    disk: 'it wrote more than its disk limit',
    deadline: 'its time was over',
    lost: 'nobody saw how',
  }
  return reasons[reason] ?? reason
}

function describeDevice({ kind, name, api }: { kind: string; name: string; api?: string | undefined }): string {
  return printable(`runs on ${kind}: ${name}${api === undefined ? '' : `, ${api}`}`)
}

function count(files: number): string {
  return files === 1 ? '1 file' : `${files} files`
}

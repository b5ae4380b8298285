import { createPaint, type Paint } from './paint.ts'

/** Where a command writes: data to `out`, everything else to `note`. */
export type Terminal = {
  /** Data, as it is: no newline is added. */
  write(data: string | Uint8Array): void
  /** One line of data. */
  line(text: string): void
  /** One line for the person, beside the data. */
  note(text: string): void
  /** Raw text beside the data: what a moving line is drawn with. */
  draw(text: string): void
  /** Whether data goes to a screen: tables are aligned then. */
  readonly isScreen: boolean
  /** Whether lines may move on the side of the notes. */
  readonly isMoving: boolean
  /** Columns of the screen. */
  readonly columns: number
  /** Colours for data and for notes; plain where they would only be in the way. */
  readonly paint: Paint
  readonly notePaint: Paint
}

/** A terminal on two streams that honours `NO_COLOR` and `TERM=dumb`, and moves nothing where nobody looks. */
export function createTerminal({ stdout, stderr, environment }: createTerminal.Options): Terminal {
  const plain = Boolean(environment.NO_COLOR) || environment.TERM === 'dumb'
  return {
    write: (data) => void stdout.write(data),
    line: (text) => void stdout.write(`${text}\n`),
    note: (text) => void stderr.write(`${text}\n`),
    draw: (text) => void stderr.write(text),
    isScreen: stdout.isTTY === true,
    isMoving: stderr.isTTY === true && environment.TERM !== 'dumb',
    get columns() {
      // A terminal that does not know its width says 0.
      return stderr.columns || stdout.columns || 80
    },
    paint: createPaint(stdout.isTTY === true && !plain),
    notePaint: createPaint(stderr.isTTY === true && !plain),
  }
}

/** The same terminal without its notes. */
export function quieted(terminal: Terminal): Terminal {
  return { ...terminal, note: () => {}, draw: () => {}, isMoving: false, columns: terminal.columns }
}

export declare namespace createTerminal {
  type Stream = { write(data: string | Uint8Array): unknown; isTTY?: boolean; columns?: number }
  type Options = { stdout: Stream; stderr: Stream; environment: Readonly<Record<string, string | undefined>> }
}

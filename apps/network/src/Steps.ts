import { styleText } from 'node:util'

/**
 * Prints the steps of a start, one line each: while a step runs, one moving line on a terminal, nothing in a pipe.
 *
 * Everything goes to standard error: standard output belongs to the job's results.
 */
export class Steps {
  readonly #out: NodeJS.WriteStream
  readonly #quiet: boolean

  constructor(options: { out: NodeJS.WriteStream; quiet: boolean }) {
    this.#out = options.out
    this.#quiet = options.quiet
  }

  /** Runs `work` under a name; `describe` turns its result into the words beside it. */
  async run<T>(name: string, work: () => Promise<T>, describe: (result: T) => string): Promise<T> {
    const startMs = performance.now()
    this.#moving(`${styleText('cyan', '◌')} ${name} …`)
    try {
      const result = await work()
      const seconds = `${((performance.now() - startMs) / 1000).toFixed(1)} s`
      this.#line(`${styleText('green', '✓')} ${name.padEnd(10)} ${describe(result)} ${styleText('dim', seconds)}`)
      return result
    } catch (error) {
      this.#line(`${styleText('red', '✗')} ${name}`)
      throw error
    }
  }

  /** A line for a person. */
  say(text: string): void {
    this.#line(text)
  }

  #moving(text: string): void {
    if (!this.#quiet && this.#out.isTTY) this.#out.write(`\r\x1b[2K${text}`)
  }

  #line(text: string): void {
    if (!this.#quiet) this.#out.write(`${this.#out.isTTY ? '\r\x1b[2K' : ''}${text}\n`)
  }
}

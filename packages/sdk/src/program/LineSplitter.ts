/** Lines longer than this are handed out in pieces, so that a program without newlines cannot fill the memory. */
const longestLineLength = 64 * 1024

/** Cuts a stream of UTF-8 bytes into lines, whatever the chunks; each ends with its newline but perhaps the last. */
export class LineSplitter {
  readonly #decoder = new TextDecoder()
  #rest = ''

  /** The lines that are complete now. */
  push(bytes: Uint8Array): string[] {
    this.#rest += this.#decoder.decode(bytes, { stream: true })
    const end = this.#rest.lastIndexOf('\n') + 1
    const lines =
      end === 0
        ? []
        : this.#rest
            .slice(0, end - 1)
            .split('\n')
            .map((line) => `${line}\n`)
    this.#rest = this.#rest.slice(end)
    if (this.#rest.length > longestLineLength) lines.push(this.#take())
    return lines
  }

  /** What is left after the last newline; empty when nothing is. */
  end(): string {
    this.#rest += this.#decoder.decode()
    return this.#take()
  }

  #take(): string {
    const rest = this.#rest
    this.#rest = ''
    return rest
  }
}

/**
 * A bounded queue between one who pushes and one who iterates. When it is full `push` answers false and nothing is
 * kept, so the pusher decides what to drop or refuse.
 */
export class Queue<T> implements AsyncIterable<T> {
  readonly #limit: number
  #items: T[] = []
  #wake: (() => void) | undefined
  #closed = false

  constructor(limit: number) {
    this.#limit = limit
  }

  /** Adds an item; false when the queue is full or closed. */
  push(item: T): boolean {
    if (this.#closed || this.#items.length >= this.#limit) return false
    this.#items.push(item)
    this.#wake?.()
    return true
  }

  /** Ends the iteration after the items that are in. */
  close(): void {
    this.#closed = true
    this.#wake?.()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T> {
    for (;;) {
      const item = this.#items.shift()
      if (item !== undefined) yield item
      else if (this.#closed) return
      else await new Promise<void>((resolve) => (this.#wake = resolve))
    }
  }
}

import { BaseError } from '@hotaru/base'
import { frameLimits } from '@hotaru/protocol'

/** One message on a stream: JSON text or raw bytes. */
export type Frame = { kind: 'json' | 'data'; bytes: Uint8Array }

/** A kind byte, then the length of the body as an unsigned 32-bit number, big end first. */
const headerBytes = 5
const kinds = ['json', 'data'] as const
const limits: Readonly<Record<Frame['kind'], number>> = { json: frameLimits.jsonBytes, data: frameLimits.dataBytes }

/** A data frame is given its place at once; a longer one grows with what really arrives, as a header costs nothing. */
const firstBytes = frameLimits.dataBytes

/** A frame as bytes; the body is copied, so the caller may use its buffer again. Throws `Link.UnsendableError`. */
export function encodeFrame(kind: Frame['kind'], body: Uint8Array): Uint8Array {
  const problem = sizeProblem(kind, body.byteLength)
  if (problem) throw new UnsendableError(problem)
  const encoded = new Uint8Array(headerBytes + body.byteLength)
  const view = new DataView(encoded.buffer)
  view.setUint8(0, kinds.indexOf(kind))
  view.setUint32(1, body.byteLength)
  encoded.set(body, headerBytes)
  return encoded
}

/**
 * Cuts a stream of bytes into frames, however the bytes are sliced.
 *
 * Holds one unfinished frame at the most, never more than twice what arrived of it (or 256 KiB). After it has thrown
 * it must not be used again.
 */
export class FrameDecoder {
  readonly #header = new Uint8Array(headerBytes)
  #headerFill = 0
  #body: Uint8Array | undefined
  #kind: Frame['kind'] = 'json'
  #size = 0
  #fill = 0

  /** Memory held for the unfinished frame. */
  get heldBytes(): number {
    return this.#body?.byteLength ?? 0
  }

  /** Takes the next bytes and gives the frames they finish. Throws `Link.MalformedError`. */
  push(chunk: Uint8Array): Frame[] {
    const frames: Frame[] = []
    for (let at = 0; at < chunk.byteLength; ) {
      at += this.#body ? this.#fillBody(chunk.subarray(at)) : this.#fillHeader(chunk.subarray(at))
      if (!this.#body || this.#fill < this.#size) continue
      frames.push({ kind: this.#kind, bytes: this.#body.subarray(0, this.#size) })
      this.#body = undefined
      this.#headerFill = 0
    }
    return frames
  }

  /** Says that no byte follows. Throws `Link.MalformedError` when a frame is unfinished. */
  end(): void {
    if (this.#headerFill === 0) return
    throw new MalformedError({ what: 'it ends in the middle of a frame', expected: 'whole frames' })
  }

  #fillHeader(chunk: Uint8Array): number {
    const taken = Math.min(headerBytes - this.#headerFill, chunk.byteLength)
    this.#header.set(chunk.subarray(0, taken), this.#headerFill)
    this.#headerFill += taken
    if (this.#headerFill === headerBytes) this.#begin()
    return taken
  }

  #begin(): void {
    const view = new DataView(this.#header.buffer)
    const kind = kinds[view.getUint8(0)]
    if (!kind) throw new MalformedError({ what: `a frame is of kind "${view.getUint8(0)}"`, expected: '"0" or "1"' })
    this.#kind = kind
    this.#size = view.getUint32(1)
    const problem = sizeProblem(kind, this.#size)
    if (problem) throw new MalformedError(problem)
    this.#fill = 0
    this.#body = new Uint8Array(Math.min(this.#size, firstBytes))
  }

  #fillBody(chunk: Uint8Array): number {
    const taken = Math.min(this.#size - this.#fill, chunk.byteLength)
    this.#body = grown(this.#body ?? new Uint8Array(), this.#fill + taken, this.#size)
    this.#body.set(chunk.subarray(0, taken), this.#fill)
    this.#fill += taken
    return taken
  }
}

function grown(body: Uint8Array, neededBytes: number, mostBytes: number): Uint8Array {
  if (neededBytes <= body.byteLength) return body
  const larger = new Uint8Array(Math.min(mostBytes, Math.max(neededBytes, 2 * body.byteLength)))
  larger.set(body)
  return larger
}

function sizeProblem(kind: Frame['kind'], sizeBytes: number): { what: string; expected: string } | undefined {
  // An empty frame says nothing and costs memory: only a flood would send it.
  if (sizeBytes >= 1 && sizeBytes <= limits[kind]) return undefined
  return { what: `a ${kind} frame has ${sizeBytes} bytes`, expected: `1 to ${limits[kind]}` }
}

export class MalformedError extends BaseError {
  override readonly name = 'Link.MalformedError'

  constructor({ what, expected, cause }: { what: string; expected: string; cause?: unknown }) {
    super(`Cannot read the stream: ${what}, expected ${expected}`, {
      hint: 'the two ends may be of different versions: update the older one',
      cause,
    })
  }
}

export class UnsendableError extends BaseError {
  override readonly name = 'Link.UnsendableError'

  constructor({ what, expected }: { what: string; expected: string }) {
    super(`Cannot send the message: ${what}, expected ${expected}`, { hint: 'send what is large as files' })
  }
}

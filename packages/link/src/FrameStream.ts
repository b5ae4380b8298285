import { BaseError, type Clock } from '@hotaru/base'
import { systemClock } from '@hotaru/base/async'
import type { Stream, StreamCloseEvent, StreamMessageEvent } from '@libp2p/interface'
import { encodeFrame, type Frame, FrameDecoder } from './Frame.ts'

/** Frames that wait for their reader: above the high mark the sender is told to pause, below the low one to go on. */
const highWaterBytes = 512 * 2 ** 10
const lowWaterBytes = 128 * 2 ** 10

/** What a waiting frame costs beside its bytes, so that a flood of tiny frames is counted for what it is. */
const frameOverheadBytes = 128

/**
 * Frames both ways over one libp2p stream, with back-pressure both ways and bounded memory.
 *
 * One reader at a time. Everything that waits ends with a typed error when the stream is aborted, reset, or its
 * connection goes away.
 */
export class FrameStream {
  readonly #stream: Stream
  readonly #options: FrameStream.Options
  readonly #decoder = new FrameDecoder()
  readonly #gone = new AbortController()
  #frames: Frame[] = []
  #frameBytes = 0
  #chargedBytes = 0
  /** The other end said that it sends no more; `#ended` when all of that was taken in too. */
  #finished = false
  #ended = false
  #sentAll = false
  #discarding = false
  #resuming = false
  #failure: Error | undefined
  #sendFailure: Error | undefined
  #waiting = new Set<() => void>()

  constructor(stream: Stream, options: FrameStream.Options = {}) {
    this.#stream = stream
    this.#options = options
    this.#finished = stream.remoteWriteStatus === 'closed' && stream.status === 'open'
    stream.addEventListener('message', this.#onMessage)
    stream.addEventListener('remoteCloseWrite', this.#onFinish)
    stream.addEventListener('end', this.#onEnd)
    stream.addEventListener('close', this.#onClose)
    stream.addEventListener('drain', this.#wake)
    if (stream.status !== 'open' && stream.status !== 'closing') this.#fail(new ClosedError({}))
    else if (stream.readableEnded) this.#onEnd()
  }

  /** Aborts, with the reason, when the stream fails or its connection goes away before both ends closed. */
  get signal(): AbortSignal {
    return this.#gone.signal
  }

  /** The next frame; undefined when the other end closed its sending half. */
  async read(): Promise<Frame | undefined> {
    for (;;) {
      const frame = this.#frames.shift()
      if (frame) {
        this.#frameBytes -= frame.bytes.byteLength + frameOverheadBytes
        this.#charge()
        this.#resume()
        return frame
      }
      if (this.#ended) return undefined
      if (this.#failure) throw this.#failure
      this.#resume()
      if (this.#frames.length === 0 && !this.#ended && !this.#failure) await this.#change()
    }
  }

  /** Sends one frame; resolves when the transport has taken it, so a slow reader slows its sender. */
  async send(kind: Frame['kind'], body: Uint8Array): Promise<void> {
    this.#assertSendable()
    try {
      this.#stream.send(encodeFrame(kind, body))
    } catch (cause) {
      if (cause instanceof BaseError) throw cause
      throw this.#failure ?? new ClosedError({ cause })
    }
    if (this.#stream.writableNeedsDrain) await this.#flushed()
  }

  /** Says that nothing more is sent; the other direction stays open. */
  async closeSend(): Promise<void> {
    this.#sentAll = true
    try {
      await this.#stream.close({ signal: AbortSignal.timeout(closeTimeoutMs) })
    } catch (cause) {
      this.abort(new ClosedError({ cause }))
    }
  }

  /** Throws away what arrives from now on, and lets the sender send it. */
  discard(): void {
    this.#discarding = true
    this.#frames = []
    this.#frameBytes = 0
    this.#charge()
    this.#resume()
  }

  /** Resolves when the other end has closed its sending half or the stream is gone. */
  async ended(): Promise<void> {
    while (!this.#ended && !this.#failure) await this.#change()
  }

  /** Resets the stream; what waits, here and there, ends with an error. */
  abort(reason: Error): void {
    this.#frames = []
    this.#fail(reason)
    this.#stream.abort(reason)
  }

  readonly #onMessage = (event: StreamMessageEvent): void => {
    if (this.#discarding || this.#failure) return
    try {
      const chunks = event.data instanceof Uint8Array ? [event.data] : event.data
      for (const chunk of chunks) for (const frame of this.#decoder.push(chunk)) this.#keep(frame)
      this.#charge()
    } catch (error) {
      this.abort(error instanceof Error ? error : new ClosedError({ cause: error }))
    }
    this.#pauseIfFull()
    this.#wake()
  }

  #keep(frame: Frame): void {
    this.#frames.push(frame)
    this.#frameBytes += frame.bytes.byteLength + frameOverheadBytes
    this.#sendFailure ??= this.#options.endsSending?.(frame)
  }

  readonly #onFinish = (): void => {
    this.#finished = true
  }

  readonly #onEnd = (): void => {
    // libp2p also ends a stream whose connection went away: only a finish makes it an orderly end.
    if (!this.#finished) {
      this.#fail(new ClosedError({}))
      return
    }
    try {
      if (!this.#discarding) this.#decoder.end()
      this.#ended = true
      this.#wake()
    } catch (error) {
      this.abort(error instanceof Error ? error : new ClosedError({ cause: error }))
    }
  }

  readonly #onClose = (event: StreamCloseEvent): void => {
    if (event.error || !this.#finished) this.#fail(new ClosedError({ cause: event.error }))
    // All was received, perhaps not all read yet; what was not sent by now never will be.
    else if (!this.#sentAll) this.#gone.abort((this.#sendFailure ??= new ClosedError({})))
    this.#wake()
  }

  #fail(error: Error): void {
    if (this.#failure) return
    this.#failure = error
    this.#options.charge?.(-this.#chargedBytes)
    this.#chargedBytes = 0
    this.#gone.abort(error)
    this.#wake()
  }

  #charge(): void {
    if (this.#failure) return
    const heldBytes = this.#frameBytes + this.#decoder.heldBytes
    const deltaBytes = heldBytes - this.#chargedBytes
    this.#chargedBytes = heldBytes
    if (deltaBytes !== 0) this.#options.charge?.(deltaBytes)
  }

  #pauseIfFull(): void {
    // A pause inside libp2p's resume would be undone by its second half: it marks the stream open again afterwards.
    if (this.#resuming || this.#frameBytes < highWaterBytes) return
    if (this.#stream.readStatus === 'readable') this.#stream.pause()
  }

  #resume(): void {
    if (this.#resuming || this.#stream.readStatus !== 'paused') return
    if (this.#frameBytes > lowWaterBytes) return
    this.#resuming = true
    try {
      this.#stream.resume()
    } catch (cause) {
      this.#fail(new ClosedError({ cause }))
    } finally {
      this.#resuming = false
    }
    this.#pauseIfFull()
  }

  async #flushed(): Promise<void> {
    const { clock = systemClock, stallTimeoutMs = defaultStallTimeoutMs } = this.#options
    const cancel = clock.after(stallTimeoutMs, () => this.abort(new StalledError({ stallTimeoutMs })))
    try {
      // libp2p's own onDrain() resolves at once after the first drain, so the flag is asked after every event.
      while (this.#stream.writableNeedsDrain) {
        this.#assertSendable()
        await this.#change()
      }
      this.#assertSendable()
    } finally {
      cancel()
    }
  }

  #assertSendable(): void {
    if (this.#sendFailure) throw this.#sendFailure
    if (this.#failure) throw this.#failure
  }

  #change(): Promise<void> {
    return new Promise((resolve) => this.#waiting.add(resolve))
  }

  readonly #wake = (): void => {
    const waiting = this.#waiting
    this.#waiting = new Set()
    for (const resume of waiting) resume()
  }
}

/** How long an orderly close may wait for the last bytes to leave. */
const closeTimeoutMs = 5_000

/** A peer that takes nothing for so long holds resources for nothing; long enough for a paused terminal. */
const defaultStallTimeoutMs = 5 * 60_000

export declare namespace FrameStream {
  type Options = {
    /** Told how many bytes more (or less) are held for this stream; throws to refuse them, which resets the stream. */
    charge?: ((deltaBytes: number) => void) | undefined
    /** An error that a frame means for whoever still sends: a refusal ends an upload at once. */
    endsSending?: ((frame: Frame) => Error | undefined) | undefined
    /** How long a send may wait for a reader that takes nothing. @default 300_000 */
    stallTimeoutMs?: number | undefined
    clock?: Clock | undefined
  }
}

export class ClosedError extends BaseError {
  override readonly name = 'Link.ClosedError'

  constructor({ cause }: { cause?: unknown }) {
    super(
      'Cannot go on with the exchange: the other end or the connection is gone, expected it to stay until the end',
      {
        hint: 'connect again; what was already sent is kept',
        retry: 'later',
        cause,
      },
    )
  }
}

export class StalledError extends BaseError {
  override readonly name = 'Link.StalledError'

  constructor({ stallTimeoutMs }: { stallTimeoutMs: number }) {
    super(`Cannot send: the other end took nothing for ${stallTimeoutMs} ms, expected it to read`, { retry: 'later' })
  }
}

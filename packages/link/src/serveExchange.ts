import { BaseError, type Clock, type Logger } from '@hotaru/base'
import { type Reply, type Request, requestSchema } from '@hotaru/protocol'
import type { Address } from 'viem'
import { sendData } from './Exchange.ts'
import { MalformedError } from './Frame.ts'
import type { FrameStream } from './FrameStream.ts'
import { decodeJson, encodeJson } from './jsonBody.ts'
import { toRefusal } from './toRefusal.ts'

/** Who is at the other end, as the handshake proved it. */
export type Caller = {
  /** libp2p peer id; what a lease token names. */
  peer: string
  /** The Ethereum address of the peer's key, when it is of secp256k1. */
  address: Address | undefined
}

/** The machine's end of one request. */
export type ServedExchange = {
  /** The next data from the caller; undefined when he has sent everything. */
  readData(): Promise<Uint8Array | undefined>
  sendReply(reply: Reply): Promise<void>
  /** Sends data, in as many frames as it needs; waits for a slow reader. */
  sendData(bytes: Uint8Array): Promise<void>
  /** Ends the exchange at once. */
  abort(reason: Error): void
  /** Aborts when the caller is gone or the host stops. */
  signal: AbortSignal
}

/**
 * Answers one valid request. When it resolves the exchange is closed in good order; what it throws becomes a refusal
 * (a BaseError with its words, anything else as an internal error that only the log explains).
 */
export type LinkHandler = (request: Request, exchange: ServedExchange, caller: Caller) => Promise<void>

/** Takes one stream from its request to its end; never throws. */
export async function serveExchange(frames: FrameStream, options: serveExchange.Options): Promise<void> {
  const { handler, caller, log } = options
  try {
    const request = await readRequest(frames, options)
    log.debug('request received', { peer: caller.peer, verb: request.verb })
    await handler(request, servedExchange(frames), caller)
  } catch (error) {
    await refuse(frames, error, log.child({ peer: caller.peer }))
  }
  await finish(frames, options.clock)
}

export declare namespace serveExchange {
  type Options = {
    handler: LinkHandler
    caller: Caller
    log: Logger
    clock: Clock
    requestTimeoutMs: number
  }
}

async function readRequest(frames: FrameStream, options: serveExchange.Options): Promise<Request> {
  const { clock, requestTimeoutMs } = options
  const cancel = clock.after(requestTimeoutMs, () => frames.abort(new RequestTimeoutError({ requestTimeoutMs })))
  const frame = await frames.read().finally(cancel)
  if (frame?.kind !== 'json') {
    throw new MalformedError({ what: `it begins with ${frame ? 'data' : 'its end'}`, expected: 'a request' })
  }
  const result = requestSchema.safeParse(decodeJson(frame.bytes))
  if (!result.success) {
    const issue = result.error.issues[0]
    const what = `the request's field "${issue?.path.join('.') ?? ''}" is not valid (${issue?.message ?? 'unknown'})`
    throw new MalformedError({ what, expected: 'a request of the protocol', cause: result.error })
  }
  return result.data
}

function servedExchange(frames: FrameStream): ServedExchange {
  return {
    async readData() {
      const frame = await frames.read()
      if (frame?.kind === 'json') throw new MalformedError({ what: 'a second JSON frame came', expected: 'data' })
      return frame?.bytes
    },
    sendReply: (reply) => frames.send('json', encodeJson(reply)),
    sendData: (bytes) => sendData(frames, bytes),
    abort: (reason) => frames.abort(reason),
    signal: frames.signal,
  }
}

async function refuse(frames: FrameStream, error: unknown, log: Logger): Promise<void> {
  if (!(error instanceof BaseError)) log.error('request handler failed', { error })
  // The stream itself broke: there is nobody left to tell.
  if (frames.signal.aborted) return
  const reply: Reply = { type: 'refused', refusal: toRefusal(error) }
  await frames.send('json', encodeJson(reply)).catch(() => {})
}

/** Closes in good order; what the caller still sends is thrown away, and after a while so is the stream. */
async function finish(frames: FrameStream, clock: Clock): Promise<void> {
  if (frames.signal.aborted) return
  frames.discard()
  await frames.closeSend()
  const cancel = clock.after(lingerMs, () => frames.abort(new RequestTimeoutError({ requestTimeoutMs: lingerMs })))
  await frames.ended()
  cancel()
}

/** How long a caller may take to close his end after the answer. */
const lingerMs = 5_000

export class RequestTimeoutError extends BaseError {
  override readonly name = 'Link.RequestTimeoutError'

  constructor({ requestTimeoutMs }: { requestTimeoutMs: number }) {
    super(`Cannot wait for the peer: it was silent for ${requestTimeoutMs} ms, expected it to finish sooner`, {
      retry: 'later',
    })
  }
}

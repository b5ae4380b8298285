import { type Reply, type Request, replySchema } from '@hotaru/protocol'
import { type Frame, MalformedError } from './Frame.ts'
import { ClosedError, type FrameStream } from './FrameStream.ts'
import { decodeJson, encodeJson } from './jsonBody.ts'
import { RemoteError } from './RemoteError.ts'

/** Any reply but a refusal, which is thrown as `RemoteError`. */
export type Answer = Exclude<Reply, { type: 'refused' }>

/**
 * The renter's end of one request: replies and data come back, data may follow.
 *
 * Read it to its end or `abort` it; one reader at a time. A refusal also ends what is being sent.
 */
export type Exchange = {
  /** The next reply. Throws `RemoteError` when refused, `Link.ClosedError` when none came. */
  readReply(): Promise<Answer>
  /** The value of the next reply, which has to be `ok`. */
  readOk(): Promise<unknown>
  /** The next data; undefined when the other end has sent everything. Throws `RemoteError` when refused instead. */
  readData(): Promise<Uint8Array | undefined>
  /** Sends data, in as many frames as it needs; resolves when the transport has taken it. */
  sendData(bytes: Uint8Array): Promise<void>
  /** Says that no more data follows. */
  closeSend(): Promise<void>
  /** Ends the exchange at once; what waits on it throws. */
  abort(reason?: Error): void
}

/** Sends the request and gives the exchange that it opened. */
export async function openExchange(frames: FrameStream, request: Request): Promise<Exchange> {
  await frames.send('json', encodeJson(request))
  const readReply = async (): Promise<Answer> => {
    const frame = await frames.read()
    if (!frame) throw new ClosedError({})
    if (frame.kind !== 'json') throw outOfTurn('a data frame', 'a reply')
    return parseReply(frame)
  }
  return {
    readReply,
    async readOk() {
      const reply = await readReply()
      if (reply.type !== 'ok') throw outOfTurn(`a reply of type "${reply.type}"`, '"ok"')
      return reply.value
    },
    async readData() {
      const frame = await frames.read()
      if (frame?.kind === 'json') throw outOfTurn(`a reply of type "${parseReply(frame).type}"`, 'data or the end')
      return frame?.bytes
    },
    sendData: (bytes) => sendData(frames, bytes),
    closeSend: () => frames.closeSend(),
    abort: (reason = new ClosedError({})) => frames.abort(reason),
  }
}

/** The error that a frame is, if it is a refusal. */
export function refusalIn(frame: Frame): RemoteError | undefined {
  // The words are looked for before the whole is read: a log of megabytes is not parsed twice.
  if (frame.kind !== 'json' || frame.bytes.byteLength > longestRefusalBytes) return undefined
  const reply = replySchema.safeParse(decodeJson(frame.bytes))
  return reply.success && reply.data.type === 'refused' ? new RemoteError(reply.data.refusal) : undefined
}

const longestRefusalBytes = 64 * 2 ** 10

/** Sends bytes of any length as data frames. */
export async function sendData(frames: FrameStream, bytes: Uint8Array): Promise<void> {
  for (let at = 0; at < bytes.byteLength; at += chunkBytes) {
    await frames.send('data', bytes.subarray(at, at + chunkBytes))
  }
}

/** Half of what a frame may hold: measured as fast as the whole, with half the memory on the way. */
const chunkBytes = 128 * 2 ** 10

function parseReply(frame: Frame): Answer {
  const result = replySchema.safeParse(decodeJson(frame.bytes))
  if (!result.success) {
    throw new MalformedError({ what: 'a reply is not valid', expected: 'one of the protocol', cause: result.error })
  }
  if (result.data.type === 'refused') throw new RemoteError(result.data.refusal)
  return result.data
}

function outOfTurn(what: string, expected: string): MalformedError {
  return new MalformedError({ what: `${what} came out of turn`, expected })
}

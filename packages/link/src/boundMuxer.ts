import type { MessageStream, StreamMessageEvent, StreamMuxerFactory } from '@libp2p/interface'
import { MalformedError } from './Frame.ts'

/** Bytes of a yamux header, and where in it the kind and the length are; from the yamux specification. */
const headerBytes = 12
const kindAt = 1
const lengthAt = 8
const dataKind = 0

/** What may wait to be sent to one peer below the streams: answers to a flood of pings, which no window bounds. */
const mostWaitingBytes = 16 * 2 ** 20

/**
 * The same muxer, safe from a peer that announces a frame of gigabytes.
 *
 * libp2p's yamux gathers a whole frame before it looks at the window, so any stranger could make it fill the memory.
 * This reads the headers as they pass and closes the connection at the first one that is longer than the window.
 */
export function boundMuxer(factory: StreamMuxerFactory, windowBytes: number): StreamMuxerFactory {
  return {
    protocol: factory.protocol,
    createStreamMuxer(connection) {
      connection.maxWriteBufferLength = mostWaitingBytes
      watchHeaders(connection, windowBytes)
      return factory.createStreamMuxer(connection)
    },
  }
}

function watchHeaders(connection: MessageStream, windowBytes: number): void {
  const header = new Uint8Array(headerBytes)
  const view = new DataView(header.buffer)
  let fill = 0
  let skip = 0
  const read = (chunk: Uint8Array): void => {
    for (let at = 0; at < chunk.byteLength; ) {
      const skipped = Math.min(skip, chunk.byteLength - at)
      skip -= skipped
      at += skipped
      const taken = Math.min(headerBytes - fill, chunk.byteLength - at)
      header.set(chunk.subarray(at, at + taken), fill)
      fill += taken
      at += taken
      if (fill < headerBytes) continue
      fill = 0
      if (view.getUint8(kindAt) === dataKind) skip = view.getUint32(lengthAt)
      if (skip > windowBytes) throw new MalformedError(tooLong(skip, windowBytes))
    }
  }
  connection.addEventListener('message', (event: StreamMessageEvent) => {
    try {
      for (const chunk of event.data instanceof Uint8Array ? [event.data] : event.data) read(chunk)
    } catch (error) {
      if (connection.status === 'open' && error instanceof Error) connection.abort(error)
    }
  })
}

function tooLong(sizeBytes: number, windowBytes: number): { what: string; expected: string } {
  return { what: `a muxer frame of ${sizeBytes} bytes`, expected: `at most ${windowBytes}` }
}

import { BaseError } from '@hotaru/base'
import type { Output } from './Engine.ts'

/** Frame: one byte for the stream, three of zero, four of length (big-endian), then the bytes. */
const headerBytes = 8

/** The largest frame believed; the engine cuts at 16 KiB, so more than this is a stream that is not framed. */
const longestFrameBytes = 64 * 1024 * 1024

/** Takes the engine's framed stream apart into what went to stdout and what to stderr. */
export async function* demultiplex(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Output> {
  let held: Buffer = Buffer.alloc(0)
  for await (const part of stream) {
    held = held.length === 0 ? Buffer.from(part) : Buffer.concat([held, part])
    while (held.length >= headerBytes) {
      const lengthBytes = held.readUInt32BE(4)
      const kind = held[0] ?? 0
      if (kind > 3 || lengthBytes > longestFrameBytes) throw new FrameError({ kind, lengthBytes })
      const end = headerBytes + lengthBytes
      if (held.length < end) break
      yield { stream: kind === 2 ? 'stderr' : 'stdout', bytes: held.subarray(headerBytes, end) }
      held = held.subarray(end)
    }
  }
}

/** The stream does not hold frames: it belongs to a terminal, or to another protocol. */
export class FrameError extends BaseError {
  override readonly name = 'Engine.FrameError'

  constructor(facts: { kind: number; lengthBytes: number }) {
    super(`Cannot read the engine's stream: a frame says kind "${facts.kind}", expected 0 to 3 and a sane length`, {
      facts,
    })
  }
}

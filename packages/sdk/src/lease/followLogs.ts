import type { Clock } from '@hotaru/base'
import { sleep } from '@hotaru/base/async'
import { ClosedError, type Exchange } from '@hotaru/link'
import type { Exit } from '@hotaru/protocol'
import { isBroken, type LeaseSession } from './LeaseSession.ts'

/** What a program printed, or how it ended; the exit comes last, and only when it is known. */
export type LogEvent =
  | { type: 'output'; stream: 'stdout' | 'stderr'; atByte: number; bytes: Uint8Array }
  | { type: 'exit'; exit: Exit }

/** A link that breaks this often in a row, without one byte between, is given up. */
const attempts = 6
const firstDelayMs = 100

/**
 * Reads what the workload printed, from `fromByte` of each stream on.
 *
 * A broken link is dialled again and the output goes on from the byte after the last one: nothing is lost or shown
 * twice.
 */
export async function* followLogs(session: LeaseSession, options: followLogs.Options = {}): AsyncGenerator<LogEvent> {
  const { follow = true, signal, clock } = options
  const fromByte = { stdout: 0, stderr: 0, ...options.fromByte }
  for (let failures = 0; ; ) {
    let exchange: Exchange | undefined
    try {
      exchange = await session.open({ verb: 'lease.logs', follow, fromByte: { ...fromByte } }, { signal })
      await exchange.closeSend()
      for await (const event of readLogs(exchange)) {
        failures = 0
        if (event.type === 'output') fromByte[event.stream] = event.atByte + event.bytes.byteLength
        yield event
      }
      return
    } catch (error) {
      if (signal?.aborted || !isBroken(error) || ++failures >= attempts) throw error
      session.disconnect()
      await sleep(firstDelayMs * 2 ** failures, { signal, clock })
    } finally {
      exchange?.abort()
    }
  }
}

export declare namespace followLogs {
  type Options = {
    /** Goes on until the workload ends. @default true */
    follow?: boolean | undefined
    /** @default the beginning */
    fromByte?: { stdout?: number; stderr?: number } | undefined
    signal?: AbortSignal | undefined
    clock?: Clock | undefined
  }
}

async function* readLogs(exchange: Exchange): AsyncGenerator<LogEvent> {
  for (;;) {
    const reply = await exchange.readReply()
    if (reply.type === 'log') yield* readOutput(exchange, reply)
    else if (reply.type === 'exit') {
      yield { type: 'exit', exit: reply.exit }
      return
    } else return
  }
}

/** The bytes that a `log` reply announces, in as many frames as the machine likes. */
export async function* readOutput(
  exchange: Exchange,
  announced: { stream: 'stdout' | 'stderr'; atByte: number; sizeBytes: number },
): AsyncGenerator<LogEvent & { type: 'output' }> {
  const { stream, sizeBytes } = announced
  for (let read = 0; read < sizeBytes; ) {
    const bytes = await exchange.readData()
    if (!bytes) throw new ClosedError({})
    yield { type: 'output', stream, atByte: announced.atByte + read, bytes }
    read += bytes.byteLength
  }
}

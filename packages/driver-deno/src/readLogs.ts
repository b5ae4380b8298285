import { type FileHandle, open } from 'node:fs/promises'
import type { LogChunk, LogOptions } from '@hotaru/driver'
import type { Place } from './Place.ts'
import { findExit, watchPlace } from './watchPlace.ts'

const streams = ['stdout', 'stderr'] as const
const chunkBytes = 64 * 2 ** 10

/** What a workload printed, from the files its keeper writes; with `follow` until it has ended. */
export async function* readLogs(place: Place, taskId: string, options: LogOptions = {}): AsyncGenerator<LogChunk> {
  const { follow = false, fromByte, signal } = options
  const at = { stdout: fromByte?.stdout ?? 0, stderr: fromByte?.stderr ?? 0 }
  for await (const _ of watchPlace(place, signal)) {
    // Asked before reading: what was printed before the end is read in this same round.
    const ended = !follow || (await findExit(place, taskId)) !== undefined
    for (const stream of streams) {
      for await (const bytes of readFrom(place[stream], at[stream])) {
        yield { stream, atByte: at[stream], bytes }
        at[stream] += bytes.length
        signal?.throwIfAborted()
      }
    }
    if (ended) return
  }
}

async function* readFrom(path: string, position: number): AsyncGenerator<Uint8Array> {
  let file: FileHandle
  try {
    file = await open(path)
  } catch {
    return
  }
  try {
    for (let at = position; ; ) {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(chunkBytes), 0, chunkBytes, at)
      if (bytesRead === 0) return
      at += bytesRead
      yield buffer.subarray(0, bytesRead)
    }
  } finally {
    await file.close()
  }
}

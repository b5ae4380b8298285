import type { Handle, LogChunk, LogOptions } from '@hotaru/driver'
import { readOutput } from '../engine/readOutput.ts'
import { findHandle } from './findTask.ts'
import type { Shop } from './Shop.ts'

/** What the program printed, each stream from its byte on. */
export async function* readLogs(shop: Shop, handle: Handle, options: LogOptions): AsyncGenerator<LogChunk> {
  const { follow = false, fromByte = { stdout: 0, stderr: 0 }, signal } = options
  const container = await findHandle(shop, handle)
  if (container === undefined) return
  const passed = { stdout: 0, stderr: 0 }
  for await (const { stream, bytes } of readOutput(shop.engine, container.Id, { follow, signal })) {
    const skip = Math.max(0, fromByte[stream] - passed[stream])
    const atByte = passed[stream] + skip
    passed[stream] += bytes.length
    if (skip < bytes.length) yield { stream, atByte, bytes: bytes.subarray(skip) }
  }
}

import type { Handle, LogChunk, LogOptions } from '@hotaru/driver'
import { readOutput } from '../engine/readOutput.ts'
import { findHandle } from './findTask.ts'
import type { Shop } from './Shop.ts'

/**
 * What the program printed, each stream from its byte on, up to the bound of what is kept; a last line says so when
 * there was more.
 */
export async function* readLogs(shop: Shop, handle: Handle, options: LogOptions): AsyncGenerator<LogChunk> {
  const { follow = false, fromByte = { stdout: 0, stderr: 0 }, signal } = options
  const container = await findHandle(shop, handle)
  if (container === undefined) return
  const passed = { stdout: 0, stderr: 0 }
  const full = { stdout: false, stderr: false }
  for await (const { stream, bytes } of readOutput(shop.engine, container.Id, { follow, signal })) {
    if (full[stream]) continue
    full[stream] = passed[stream] + bytes.length > shop.logLimitBytes
    const chunk = full[stream] ? cut(bytes, shop.logLimitBytes - passed[stream]) : bytes
    const skip = Math.max(0, fromByte[stream] - passed[stream])
    const atByte = passed[stream] + skip
    passed[stream] += chunk.length
    if (skip < chunk.length) yield { stream, atByte, bytes: chunk.subarray(skip) }
  }
}

/** The bytes that still fit, and a line that says that there were more. */
function cut(bytes: Uint8Array, leftBytes: number): Uint8Array {
  return Buffer.concat([bytes.subarray(0, leftBytes), Buffer.from('\n[hotaru: more was printed than is kept]\n')])
}

import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import type { PromisedFile } from './receiveInto.ts'

/** Size and hash of a file, as a manifest names them; reads it once, a piece at a time. */
export async function measureFile(path: string): Promise<PromisedFile> {
  const hash = createHash('sha256')
  let sizeBytes = 0
  for await (const chunk of createReadStream(path, { highWaterMark: 256 * 2 ** 10 })) {
    hash.update(chunk)
    sizeBytes += chunk.length
  }
  return { sizeBytes, sha256: hash.digest('hex') }
}

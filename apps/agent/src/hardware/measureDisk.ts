import { mkdir, open, rm, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import type { Clock } from '@hotaru/base'
import type { Hardware } from '@hotaru/protocol'

const testBytes = 32 * 2 ** 20
const pieceBytes = 4 * 2 ** 20
/** A slow disk is known to be slow after this; the agent's start does not wait for it. */
const longestMs = 2_000

/** Free and total space where leases live, and how fast a short write reaches the disk for good. */
export async function measureDisk(directory: string, clock: Clock): Promise<Hardware['disk']> {
  await mkdir(directory, { recursive: true })
  const { bavail, blocks, bsize } = await statfs(directory)
  const freeBytes = bavail * bsize
  const roomy = freeBytes > 16 * testBytes
  const writeBytesPerSecond = roomy ? await measureWrite(join(directory, '.write-test'), clock).catch(() => null) : null
  return { freeBytes, totalBytes: blocks * bsize, writeBytesPerSecond }
}

async function measureWrite(path: string, clock: Clock): Promise<number> {
  const file = await open(path, 'w', 0o600)
  try {
    const piece = new Uint8Array(pieceBytes).fill(0xa5)
    const startedMs = clock.monotonicMs()
    let written = 0
    while (written < testBytes && clock.monotonicMs() - startedMs < longestMs) {
      await file.write(piece, 0, pieceBytes, written)
      written += pieceBytes
    }
    await file.datasync()
    return Math.round(written / (Math.max(1, clock.monotonicMs() - startedMs) / 1000))
  } finally {
    await file.close()
    await rm(path, { force: true })
  }
}

import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'

/** What an entry costs beside its blocks; without it a million empty files would be free. */
const entryBytes = 1024

/**
 * Bytes that a folder takes of the disk, everything below it included, links not followed.
 *
 * Stops counting beyond `limitBytes`, so that a hostile tree cannot keep the counter busy.
 */
export async function measureDirectory(folder: string, limitBytes = Number.POSITIVE_INFINITY): Promise<number> {
  let totalBytes = 0
  const waiting = [folder]
  for (let next = waiting.pop(); next !== undefined && totalBytes <= limitBytes; next = waiting.pop()) {
    const parent = next
    const entries = await readdir(parent, { withFileTypes: true }).catch(() => [])
    for (const entry of entries) {
      const path = join(parent, entry.name)
      if (entry.isDirectory()) waiting.push(path)
      // Files vanish while they are counted.
      const found = await lstat(path).catch(() => undefined)
      totalBytes += entryBytes + (found?.blocks ?? 0) * 512
      if (totalBytes > limitBytes) break
    }
  }
  return totalBytes
}

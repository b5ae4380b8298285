import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'

/**
 * Replaces a file so that after a crash at any instant either the old or the new content is there, whole:
 * write beside it, sync, rename, sync the folder.
 */
export async function writeFileAtomic(
  path: string,
  content: string | Uint8Array,
  options: writeFileAtomic.Options = {},
): Promise<void> {
  const beside = `${path}.${process.pid}.tmp`
  try {
    const file = await open(beside, 'w', options.mode ?? 0o600)
    try {
      await file.writeFile(content)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(beside, path)
  } catch (error) {
    await rm(beside, { force: true })
    throw error
  }
  await syncDirectory(dirname(path))
}

export declare namespace writeFileAtomic {
  type Options = {
    /** @default 0o600 */
    mode?: number | undefined
  }
}

async function syncDirectory(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const directory = await open(path, 'r')
  try {
    await directory.sync()
  } finally {
    await directory.close()
  }
}

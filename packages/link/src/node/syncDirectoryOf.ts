import { open } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Makes a rename survive a power loss. Windows cannot sync a folder, and need not. */
export async function syncDirectoryOf(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const directory = await open(dirname(path), 'r')
  try {
    await directory.sync()
  } finally {
    await directory.close()
  }
}

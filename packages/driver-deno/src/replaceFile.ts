import { randomUUID } from 'node:crypto'
import { rename, writeFile } from 'node:fs/promises'

/** Writes a file whole or not at all, for whoever reads it meanwhile. Not synced: it can be made again. */
export async function replaceFile(path: string, content: string | Uint8Array): Promise<void> {
  const scratch = `${path}.${randomUUID()}`
  await writeFile(scratch, content)
  await rename(scratch, path)
}

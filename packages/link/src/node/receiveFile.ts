import { randomUUID } from 'node:crypto'
import { open, rename, rm } from 'node:fs/promises'
import { type DataSource, onDisk, type PromisedFile, receiveInto } from './receiveInto.ts'
import { syncDirectoryOf } from './syncDirectoryOf.ts'

/**
 * Receives a file whole or not at all: written beside `to`, hashed on the way, synced, renamed. Nothing is left of one
 * that fails, and two that arrive at once do not meet.
 *
 * @throws `Link.FileMismatchError`, `Link.FileSizeError`, `Link.DiskFullError`, `Link.DiskError`, or what the exchange
 * throws.
 */
export async function receiveFile(source: DataSource, options: receiveFile.Options): Promise<void> {
  const { to, ...promised } = options
  const beside = `${to}.${randomUUID()}.part`
  try {
    const file = await onDisk(() => open(beside, 'wx', 0o600))
    try {
      await receiveInto(file, source, { promised })
    } finally {
      await file.close()
    }
    await onDisk(() => rename(beside, to))
  } catch (error) {
    await rm(beside, { force: true })
    throw error
  }
  await onDisk(() => syncDirectoryOf(to))
}

export declare namespace receiveFile {
  type Options = PromisedFile & {
    /** Path of the file; its folder must be there. */
    to: string
  }
}

import { createHash } from 'node:crypto'
import { constants } from 'node:fs'
import { type FileHandle, open, rename, rm } from 'node:fs/promises'
import {
  type DataSource,
  DiskFullError,
  FileMismatchError,
  FileSizeError,
  onDisk,
  type PromisedFile,
  type Received,
  receiveInto,
} from './receiveInto.ts'
import { syncDirectoryOf } from './syncDirectoryOf.ts'

/**
 * Fetches a file, going on where an earlier attempt was cut off.
 *
 * What has come so far is in `<to>.part`, and stays there when the connection is lost. It is hashed again before it is
 * trusted, so a machine cannot smuggle in anything between two attempts. When the file is wrong, or the disk is full,
 * the part is removed.
 *
 * @example
 * await fetchFile({ to: 'out/picture.png', sizeBytes, sha256, openAt: (fromByte) =>
 *   connection.open({ verb: 'lease.fetch', leaseId, token, path: 'picture.png', fromByte }) })
 */
export async function fetchFile(options: fetchFile.Options): Promise<void> {
  const { to, openAt, onBytes, ...promised } = options
  const part = `${to}.part`
  try {
    const file = await onDisk(() => open(part, constants.O_RDWR | constants.O_CREAT, 0o600))
    try {
      const received = await readReceived(file, promised.sizeBytes)
      if (received.sizeBytes > 0) onBytes?.(received.sizeBytes)
      const source = received.sizeBytes < promised.sizeBytes ? await openAt(received.sizeBytes) : emptySource
      await receiveInto(file, source, { promised, received, onBytes })
    } finally {
      await file.close()
    }
  } catch (error) {
    const isUseless = [DiskFullError, FileMismatchError, FileSizeError].some((kind) => error instanceof kind)
    if (isUseless) await rm(part, { force: true })
    throw error
  }
  await onDisk(() => rename(part, to))
  await onDisk(() => syncDirectoryOf(to))
}

export declare namespace fetchFile {
  type Options = PromisedFile & {
    /** Path of the file; its folder must be there. */
    to: string
    /** Asks the other end for the file from this byte on. */
    openAt: (fromByte: number) => Promise<DataSource>
    /** Told how many bytes of the file are there now. */
    onBytes?: ((sizeBytes: number) => void) | undefined
  }
}

const emptySource: DataSource = { readData: async () => undefined }

/** Hashes what is there; a part that is longer than the file is not of it, and starts again. */
async function readReceived(file: FileHandle, mostBytes: number): Promise<Received> {
  const hash = createHash('sha256')
  const { size } = await onDisk(() => file.stat())
  if (size > mostBytes) {
    await onDisk(() => file.truncate(0))
    return { sizeBytes: 0, hash }
  }
  const buffer = new Uint8Array(256 * 2 ** 10)
  for (let at = 0; at < size; ) {
    const { bytesRead } = await onDisk(() => file.read(buffer, 0, Math.min(buffer.byteLength, size - at), at))
    hash.update(buffer.subarray(0, bytesRead))
    at += bytesRead
  }
  return { sizeBytes: size, hash }
}

import { createHash } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'
import { BaseError } from '@hotaru/base'

/** A file as its sender promised it. */
export type PromisedFile = {
  sizeBytes: number
  /** SHA-256 of the content, in lower-case hexadecimal digits. */
  sha256: string
}

/** Where data comes from: either end's exchange. */
export type DataSource = { readData(): Promise<Uint8Array | undefined> }

/** What is already in the file: its length, and a hash fed with it. */
export type Received = { sizeBytes: number; hash: ReturnType<typeof createHash> }

/**
 * Writes what arrives to an open file, hashing on the way, until the promised size; then syncs.
 *
 * Holds one frame at a time, never writes a byte more than was promised, and leaves the file open.
 *
 * @throws `Link.FileMismatchError`, `Link.FileSizeError`, `Link.DiskFullError`, or what the source throws.
 */
export async function receiveInto(file: FileHandle, source: DataSource, options: receiveInto.Options): Promise<void> {
  const { promised, received = { sizeBytes: 0, hash: createHash('sha256') }, onBytes } = options
  let sizeBytes = received.sizeBytes
  while (sizeBytes < promised.sizeBytes) {
    const bytes = await source.readData()
    if (!bytes) throw new FileSizeError({ promisedBytes: promised.sizeBytes, foundBytes: sizeBytes })
    if (sizeBytes + bytes.byteLength > promised.sizeBytes) {
      throw new FileSizeError({ promisedBytes: promised.sizeBytes, foundBytes: sizeBytes + bytes.byteLength })
    }
    received.hash.update(bytes)
    await onDisk(() => writeAll(file, bytes, sizeBytes))
    sizeBytes += bytes.byteLength
    onBytes?.(sizeBytes)
  }
  const sha256 = received.hash.digest('hex')
  if (sha256 !== promised.sha256) throw new FileMismatchError({ promised: promised.sha256, found: sha256 })
  await onDisk(() => file.sync())
}

export declare namespace receiveInto {
  type Options = {
    promised: PromisedFile
    /** What an earlier attempt left. @default nothing */
    received?: Received | undefined
    /** Told how many bytes of the file are there now. */
    onBytes?: ((sizeBytes: number) => void) | undefined
  }
}

/** Runs a step on the disk; what it throws becomes `Link.DiskFullError` or `Link.DiskError`. */
export async function onDisk<T>(step: () => Promise<T>): Promise<T> {
  try {
    return await step()
  } catch (cause) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'unknown'
    if (code === 'ENOSPC' || code === 'EDQUOT') throw new DiskFullError({ cause })
    throw new DiskError({ code, cause })
  }
}

async function writeAll(file: FileHandle, bytes: Uint8Array, at: number): Promise<void> {
  for (let done = 0; done < bytes.byteLength; ) {
    done += (await file.write(bytes, done, bytes.byteLength - done, at + done)).bytesWritten
  }
}

export class DiskError extends BaseError {
  override readonly name = 'Link.DiskError'

  constructor({ code, cause }: { code: string; cause: unknown }) {
    super(`Cannot store the file: the disk said "${code}", expected it to take the file`, { facts: { code }, cause })
  }
}

export class DiskFullError extends BaseError {
  override readonly name = 'Link.DiskFullError'

  constructor({ cause }: { cause: unknown }) {
    super('Cannot store the file: the disk is full, expected room for it', {
      hint: 'free disk space and send it again; nothing of it was kept',
      retry: 'later',
      cause,
    })
  }
}

export class FileMismatchError extends BaseError {
  override readonly name = 'Link.FileMismatchError'

  constructor({ promised, found }: { promised: string; found: string }) {
    super('Cannot accept the file: its content has another hash, expected the one promised', {
      facts: { promised, found },
      hint: 'the file may have changed meanwhile: send it again',
    })
  }
}

export class FileSizeError extends BaseError {
  override readonly name = 'Link.FileSizeError'

  constructor({ promisedBytes, foundBytes }: { promisedBytes: number; foundBytes: number }) {
    super(`Cannot accept the file: "${foundBytes}" bytes came, expected "${promisedBytes}"`, {
      facts: { promisedBytes, foundBytes },
      hint: 'the file may have changed meanwhile: send it again',
    })
  }
}

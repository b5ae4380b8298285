import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { lstat, mkdir, open, realpath, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve, sep } from 'node:path'
import { BaseError } from '@hotaru/base'
import type { ResultFile, ResultStore } from '../lease/fetchResults.ts'

/**
 * Keeps results in a directory, whatever paths a machine makes up: nothing is ever written outside it.
 *
 * A file appears under its name only when its hash is right and it is on the disk; a broken transfer is taken up where
 * it stopped.
 */
export function createDirectoryStore(directory: string): ResultStore {
  const root = resolve(directory)
  return {
    async save(file, read) {
      const target = await claimPath(root, file.path)
      if (await hasContent(target, file)) return target
      const part = join(dirname(target), `.${basename(target)}.${file.sha256.slice(0, 12)}.part`)
      await receive(part, file, read)
      await rename(part, target)
      return target
    },
  }
}

/** The absolute path of a result, its directories made; none of them may be a link out of the root. */
async function claimPath(root: string, path: string): Promise<string> {
  const parts = path.split('/')
  const odd = path.includes('\\') || path.includes('\0') || parts.some((part) => ['', '.', '..'].includes(part))
  const target = resolve(root, ...parts)
  if (odd || !target.startsWith(root + sep)) throw new EscapingPathError({ path, root })
  await mkdir(root, { recursive: true })
  const realRoot = await realpath(root)
  let current = realRoot
  for (const part of parts.slice(0, -1)) {
    current = join(current, part)
    await mkdir(current).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
    if ((await lstat(current)).isSymbolicLink()) throw new EscapingPathError({ path, root })
  }
  return target
}

async function hasContent(target: string, file: ResultFile): Promise<boolean> {
  const facts = await lstat(target).catch(() => undefined)
  if (!facts?.isFile() || facts.size !== file.sizeBytes) return false
  return (await hashOf(target)).digest('hex') === file.sha256
}

async function receive(
  part: string,
  file: ResultFile,
  read: (fromByte: number) => AsyncIterable<Uint8Array>,
): Promise<void> {
  const facts = await lstat(part).catch(() => undefined)
  const resumable = facts?.isFile() && facts.size <= file.sizeBytes
  if (facts && !resumable) await rm(part, { recursive: true, force: true })
  const hash = resumable ? await hashOf(part) : createHash('sha256')
  const output = await open(part, resumable ? 'a' : 'wx')
  let atByte = resumable ? (await stat(part)).size : 0
  try {
    if (atByte < file.sizeBytes)
      for await (const bytes of read(atByte)) {
        atByte += bytes.byteLength
        if (atByte > file.sizeBytes) break
        hash.update(bytes)
        await output.writeFile(bytes)
      }
    await output.sync()
  } finally {
    await output.close()
  }
  if (atByte === file.sizeBytes && hash.digest('hex') === file.sha256) return
  await rm(part, { force: true })
  throw new SpoiltResultError({ path: file.path, sizeBytes: file.sizeBytes, atByte })
}

async function hashOf(path: string) {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk)
  return hash
}

export class EscapingPathError extends BaseError {
  override readonly name = 'Results.EscapingPathError'

  constructor({ path, root }: { path: string; root: string }) {
    super(
      `Cannot save a result: its path "${JSON.stringify(path).slice(1, -1)}" leads elsewhere, expected one inside "${root}"`,
      {
        hint: 'the machine or the program made this path up; nothing was written',
      },
    )
  }
}

export class SpoiltResultError extends BaseError {
  override readonly name = 'Results.SpoiltError'

  constructor({ path, sizeBytes, atByte }: { path: string; sizeBytes: number; atByte: number }) {
    super(`Cannot save result "${path}": its bytes have another hash, expected those the machine promised`, {
      facts: { promisedBytes: sizeBytes, receivedBytes: atByte },
      retry: 'later',
    })
  }
}

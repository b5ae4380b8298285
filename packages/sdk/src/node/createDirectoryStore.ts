import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { lstat, mkdir, realpath } from 'node:fs/promises'
import { join, resolve, sep } from 'node:path'
import { BaseError } from '@hotaru/base'
import { fetchFile } from '@hotaru/link/node'
import type { ResultFile, ResultStore } from '../lease/fetchResults.ts'

/**
 * Keeps results in a directory, without the `out/` that all of them lie under on the machine. Whatever paths a machine
 * makes up, nothing is ever written outside the directory.
 *
 * A file appears under its name only when its hash is right and it is on the disk; a broken transfer is taken up where
 * it stopped.
 */
export function createDirectoryStore(directory: string): ResultStore {
  const root = resolve(directory)
  return {
    async save(file, openAt) {
      const to = await claimPath(root, file.path)
      if (!(await hasContent(to, file))) await fetchFile({ to, sizeBytes: file.sizeBytes, sha256: file.sha256, openAt })
      return to
    },
  }
}

/** The absolute path of a result, its directories made; none of them may be a link. */
async function claimPath(root: string, path: string): Promise<string> {
  const parts = path.replace(/^out\//, '').split('/')
  const odd = path.includes('\\') || path.includes('\0') || parts.some((part) => ['', '.', '..'].includes(part))
  if (odd || !resolve(root, ...parts).startsWith(root + sep)) throw new EscapingPathError({ path, root })
  await mkdir(root, { recursive: true })
  let current = await realpath(root)
  for (const part of parts.slice(0, -1)) {
    current = join(current, part)
    await mkdir(current).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
    if ((await lstat(current)).isSymbolicLink()) throw new EscapingPathError({ path, root })
  }
  return join(current, parts.at(-1) ?? '')
}

async function hasContent(path: string, file: ResultFile): Promise<boolean> {
  const facts = await lstat(path).catch(() => undefined)
  if (!facts?.isFile() || facts.size !== file.sizeBytes) return false
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path)) hash.update(chunk)
  return hash.digest('hex') === file.sha256
}

export class EscapingPathError extends BaseError {
  override readonly name = 'Results.EscapingPathError'

  constructor({ path, root }: { path: string; root: string }) {
    const shown = JSON.stringify(path).slice(1, -1)
    super(`Cannot save a result: its path "${shown}" leads elsewhere, expected one inside "${root}"`, {
      hint: 'the machine or the program made this path up; nothing was written',
    })
  }
}

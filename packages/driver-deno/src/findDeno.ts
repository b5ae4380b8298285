import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { BaseError } from '@hotaru/base'
import { replaceFile } from './replaceFile.ts'

/** The runtime that workloads get, by content. */
export type Deno = { path: string; version: string; sha256: string }

/**
 * Finds the Deno that npm installed for this platform: the binary itself, so that no install script has to have run.
 *
 * Its hash and version are kept in `cache` for as long as the file is the same one: 90 MB take a while to hash.
 *
 * @throws `Deno.NotFoundError`
 */
export async function findDeno(cache: string, options: { path?: string | undefined } = {}): Promise<Deno> {
  const path = options.path ?? binaryFromNpm()
  try {
    const mark = await markFile(path)
    const known = await readFile(cache, 'utf8').then(JSON.parse, () => undefined)
    if (known?.mark === mark) return known.deno
    const { stdout } = await promisify(execFile)(path, ['--version'], { env: { DENO_NO_UPDATE_CHECK: '1' } })
    const deno = { path, version: /^deno (\S+)/.exec(stdout)?.[1] ?? 'unknown', sha256: await hashFile(path) }
    await replaceFile(cache, JSON.stringify({ mark, deno }))
    return deno
  } catch (cause) {
    throw new DenoNotFoundError({ path, cause })
  }
}

/** Which file this is: changes whenever its content does, without reading it. */
export async function markFile(path: string): Promise<string> {
  const { size, mtimeMs, ctimeMs, ino } = await stat(path)
  return `${path} ${ino} ${size} ${mtimeMs} ${ctimeMs}`
}

/** SHA-256 of a file's content, in hexadecimal. */
export async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path, { highWaterMark: 2 ** 20 })) hash.update(chunk)
  return hash.digest('hex')
}

function binaryFromNpm(): string {
  const { platform, arch } = process
  const name = platform === 'linux' ? `linux-${arch}-glibc` : `${platform}-${arch}`
  try {
    // The platform package is a dependency of `deno`, so it is found from there, wherever npm put it.
    const deno = createRequire(import.meta.url).resolve('deno/package.json')
    const binary = createRequire(deno).resolve(`@deno/${name}/package.json`)
    return join(dirname(binary), platform === 'win32' ? 'deno.exe' : 'deno')
  } catch (cause) {
    throw new DenoNotFoundError({ path: `@deno/${name}`, cause })
  }
}

export class DenoNotFoundError extends BaseError {
  override readonly name = 'Deno.NotFoundError'

  constructor({ path, cause }: { path: string; cause: unknown }) {
    super(`Cannot run Deno: "${path}" does not run on this machine, expected the binary that npm installs`, {
      facts: { path, platform: process.platform, architecture: process.arch },
      hint: 'npm install, without --omit=optional',
      cause,
    })
  }
}

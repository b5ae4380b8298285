import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { BaseError, type Logger, silentLogger } from '@hotaru/base'
import type { EngineAddress } from '../engine/Engine.ts'
import { whileAlone } from '../whileAlone.ts'
import { importImage, inspectImage } from './images.ts'

/**
 * Builds a small image from Debian's packages with the Deno runtime in it, and gives its id (`sha256:…`).
 *
 * No image registry is asked. The root file system is kept in `directory` as a tar, so only the first call takes its
 * half minute; when the engine still has the image, a call takes milliseconds.
 */
export async function buildImage(engine: EngineAddress, options: buildImage.Options): Promise<string> {
  const { directory, deno, suite = 'bookworm', logger = silentLogger, signal } = options
  await mkdir(directory, { recursive: true })
  const { size, mtimeMs } = await stat(deno)
  // The note is found by what is cheap to know of the binary, the tar by its content: a fresh checkout reuses the tar.
  const note = join(directory, `image-${engineMark(engine)}-${shortHash(recipe, suite, size, mtimeMs)}.json`)
  const noted = existsSync(note) ? (JSON.parse(await readFile(note, 'utf8')) as { id: string }).id : undefined
  if (noted !== undefined && (await inspectImage(engine, noted))) return noted
  const key = shortHash(
    recipe,
    suite,
    createHash('sha256')
      .update(await readFile(deno))
      .digest('hex'),
  )
  const tar = join(directory, `image-${key}.tar`)
  const make = async () => {
    if (existsSync(tar)) return
    logger.info('image build started', { suite })
    // A build that is cut short must not be taken for a whole one.
    const partial = `${tar}.partial`
    await rm(partial, { force: true })
    await debootstrap([...recipe, suite, partial], { deno, signal })
    await rename(partial, tar)
  }
  await whileAlone(`image-${shortHash(tar)}`, make, signal)
  const id = await importImage(engine, createReadStream(tar), 'hotaru/base:local')
  await writeFile(note, JSON.stringify({ id }))
  logger.info('image built', { id })
  return id
}

export declare namespace buildImage {
  type Options = {
    /** Where the tar of the root file system is kept (190 MB). */
    directory: string
    /** Path of the Deno binary that becomes `/usr/local/bin/deno`; it must fit the suite's libc. */
    deno: string
    /** Debian suite. @default 'bookworm' */
    suite?: string | undefined
    logger?: Logger | undefined
    signal?: AbortSignal | undefined
  }
}

/** `essential` is the smallest root file system with a shell; documents and translations are a third of it. */
const recipe = [
  '--variant=essential',
  '--format=tar',
  '--dpkgopt=path-exclude=/usr/share/doc/*',
  '--dpkgopt=path-exclude=/usr/share/man/*',
  '--dpkgopt=path-exclude=/usr/share/locale/*',
  '--customize-hook=install -D -m 755 "$HOTARU_DENO" "$1/usr/local/bin/deno"',
  // Task directories are mounted here; a read-only root cannot grow a mount point later under Podman.
  '--customize-hook=mkdir -p "$1/workload"',
]

/** Each engine has its own images. */
function engineMark({ socketPath }: EngineAddress): string {
  return shortHash(socketPath).slice(0, 8)
}

function shortHash(...values: unknown[]): string {
  return createHash('sha256').update(JSON.stringify(values)).digest('hex').slice(0, 16)
}

function debootstrap(
  args: string[],
  { deno, signal }: { deno: string; signal?: AbortSignal | undefined },
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn('mmdebstrap', args, {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, HOTARU_DENO: deno, PATH: `${process.env.PATH}:/usr/sbin:/sbin` },
      signal,
    })
    let said = ''
    child.stderr.on('data', (bytes) => {
      said = (said + bytes).slice(-2_000)
    })
    child.on('error', (cause) => reject(new ImageBuildError({ said, cause })))
    child.on('close', (code) => (code === 0 ? resolve() : reject(new ImageBuildError({ said, cause: undefined }))))
  })
}

/** The root file system could not be made. */
export class ImageBuildError extends BaseError {
  override readonly name = 'Image.BuildError'

  constructor({ said, cause }: { said: string; cause: unknown }) {
    super('Cannot build the image: mmdebstrap failed, expected it to make a root file system from Debian packages', {
      facts: { said: said.trim().split('\n').slice(-4).join('\n') },
      hint: 'apt-get install mmdebstrap, and see that this machine reaches a Debian mirror',
      retry: 'later',
      cause,
    })
  }
}

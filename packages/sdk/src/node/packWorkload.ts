import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, extname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { BaseError } from '@hotaru/base'
import { defaultWorkloadLimits, formatBytes, hashWorkload, parseWorkload, type Workload } from '@hotaru/protocol'
import type { Bundle } from '../Bundle.ts'
import { checkProgram } from './checkProgram.ts'
import { type FoundFile, listFiles } from './listFiles.ts'
import { readWorkloadFile, type WorkloadFile, workloadFileName } from './readWorkloadFile.ts'

/**
 * Turns a program, or a directory with a `workload.json`, into a bundle that can be leased for.
 *
 * A directory is sent whole but for `workload.json`, `out`, `node_modules` and names that begin with a dot; where
 * `workload.json` names a `prepare` module, that module is run here and sends what it writes.
 *
 * @example
 * const bundle = await packWorkload('examples/bunny')
 */
export async function packWorkload(path: string): Promise<Bundle> {
  const location = resolve(path)
  const facts = await stat(location).catch((cause) => {
    throw new MissingWorkloadError({ path, cause })
  })
  return facts.isDirectory() ? packDirectory(location) : packFile(location, facts.size)
}

async function packFile(location: string, sizeBytes: number): Promise<Bundle> {
  await checkProgram(location)
  const entry = basename(location)
  const file: WorkloadFile = { name: toName(entry.slice(0, -extname(entry).length)), driver: 'deno', entry }
  return bundle(file, [{ path: entry, location, sizeBytes }], async () => {})
}

async function packDirectory(directory: string): Promise<Bundle> {
  const file = await readWorkloadFile(directory)
  if (file.prepare === undefined) return bundle(file, await listFiles(directory, isNotSent), async () => {})
  const staging = await mkdtemp(join(tmpdir(), 'hotaru-pack-'))
  const dispose = () => rm(staging, { recursive: true, force: true })
  try {
    await prepare(join(directory, file.prepare), staging)
    return await bundle(file, await listFiles(staging, () => false), dispose)
  } catch (error) {
    await dispose()
    throw error
  }
}

function isNotSent(name: string): boolean {
  return name.startsWith('.') || [workloadFileName, 'node_modules', 'out'].includes(name)
}

async function prepare(modulePath: string, directory: string): Promise<void> {
  try {
    const module: { prepare?: unknown } = await import(pathToFileURL(modulePath).href)
    if (typeof module.prepare !== 'function') throw new NoPrepareError({ modulePath })
    await module.prepare(directory)
  } catch (cause) {
    throw cause instanceof BaseError ? cause : new PrepareError({ modulePath, cause })
  }
}

async function bundle(file: WorkloadFile, found: readonly FoundFile[], dispose: () => Promise<void>): Promise<Bundle> {
  const limits = withDefaults(file.limits)
  const totalBytes = found.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  if (totalBytes > limits.diskBytes) throw new TooLargeError({ name: file.name, totalBytes, found, limits })
  const entry = file.driver === 'deno' ? found.find(({ path }) => path === file.entry) : undefined
  if (file.driver === 'deno' && !entry) throw new NoEntryError({ entry: file.entry, found })
  if (entry) await checkProgram(entry.location)
  const locations = new Map<string, string>()
  const files: Workload['files'] = []
  for (const { path, location, sizeBytes } of found) {
    const sha256 = await hashFile(location)
    locations.set(sha256, location)
    files.push({ path, sizeBytes, sha256 })
  }
  const manifest = parseWorkload({ version: 1, name: file.name, program: programOf(file), files, limits })
  return {
    manifest,
    digest: hashWorkload(manifest),
    open: (sha256) => {
      const location = locations.get(sha256)
      if (location === undefined) throw new UnknownFileError({ sha256 })
      return createReadStream(location)
    },
    output: file.output,
    dispose,
  }
}

function withDefaults(limits: WorkloadFile['limits'] = {}): Workload['limits'] {
  const given = Object.entries(limits).filter(([, value]) => value !== undefined)
  return { ...defaultWorkloadLimits, ...Object.fromEntries(given) }
}

function programOf(file: WorkloadFile): Workload['program'] {
  return file.driver === 'deno'
    ? { driver: 'deno', entry: file.entry, arguments: file.arguments ?? [] }
    : { driver: 'container', image: file.image, command: file.command }
}

async function hashFile(location: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(location)) hash.update(chunk)
  return hash.digest('hex')
}

function toName(text: string): string {
  const name = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
  return name.slice(0, 63) || 'program'
}

export class MissingWorkloadError extends BaseError {
  override readonly name = 'Workload.MissingError'

  constructor({ path, cause }: { path: string; cause: unknown }) {
    super(`Cannot pack the workload: "${path}" does not exist, expected a program or a directory`, {
      hint: 'check the path; `hotaru run --help` shows examples',
      exitCode: 2,
      cause,
    })
  }
}

export class NoEntryError extends BaseError {
  override readonly name = 'Workload.NoEntryError'

  constructor({ entry, found }: { entry: string; found: readonly FoundFile[] }) {
    super(`Cannot pack the workload: its entry "${entry}" is not among the files, expected it there`, {
      facts: { files: found.length, first: found[0]?.path },
      hint: 'correct "entry" in workload.json, or let "prepare" write that file',
      exitCode: 2,
    })
  }
}

export class TooLargeError extends BaseError {
  override readonly name = 'Workload.TooLargeError'

  constructor({ name, totalBytes, found, limits }: TooLargeError.Values) {
    const largest = found.reduce<FoundFile | undefined>((a, b) => (a && a.sizeBytes >= b.sizeBytes ? a : b), undefined)
    super(
      `Cannot pack the workload "${name}": its files have "${totalBytes}" bytes, expected at most "${limits.diskBytes}"`,
      {
        facts: { largest: largest?.path, size: largest && formatBytes(largest.sizeBytes) },
        hint: 'raise "limits.diskBytes" in workload.json, or leave files out',
        exitCode: 2,
      },
    )
  }
}

export declare namespace TooLargeError {
  type Values = { name: string; totalBytes: number; found: readonly FoundFile[]; limits: Workload['limits'] }
}

export class NoPrepareError extends BaseError {
  override readonly name = 'Workload.NoPrepareError'

  constructor({ modulePath }: { modulePath: string }) {
    super(`Cannot prepare the workload: "${modulePath}" exports no function "prepare", expected one`, {
      hint: 'export async function prepare(directory: string): Promise<void>',
      exitCode: 2,
    })
  }
}

export class PrepareError extends BaseError {
  override readonly name = 'Workload.PrepareError'

  constructor({ modulePath, cause }: { modulePath: string; cause: unknown }) {
    super(`Cannot prepare the workload: "${modulePath}" failed, expected it to fill the directory`, {
      exitCode: 2,
      cause,
    })
  }
}

export class UnknownFileError extends BaseError {
  override readonly name = 'Workload.UnknownFileError'

  constructor({ sha256 }: { sha256: string }) {
    super(`Cannot read a file of the workload: the machine asks for "${sha256}", expected a hash of the manifest`)
  }
}

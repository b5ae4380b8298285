import { mkdir, mkdtemp, readdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, join, resolve, sep } from 'node:path'
import { rolldown } from 'rolldown'
import { type BundleRecord, recordName } from './findBundle.ts'

const repository = resolve(import.meta.dirname, '../../../..')
const entry = join(repository, 'apps/cli/src/main.ts')

/** Where `hotaru.mjs` looks for the bundle. */
export const bundleCache = join(repository, 'node_modules/.cache/hotaru')

/**
 * Puts the command line and everything it imports into a few files, so that a start reads those instead of some
 * 1,300 modules: that is half of the time to the first byte. A cache and no build: without it, or when a source has
 * changed since, the sources are run.
 *
 * @returns The directory of the bundle.
 */
export async function buildBundle(cache = bundleCache): Promise<string> {
  await mkdir(cache, { recursive: true })
  const directory = await mkdtemp(join(cache, 'cli-'))
  const build = await rolldown({ input: { main: entry }, platform: 'node', logLevel: 'silent' })
  const { output } = await build.write({ dir: directory, format: 'esm' })
  await build.close()
  const modules = output.flatMap((part) => (part.type === 'chunk' ? part.moduleIds : []))
  await writeRecord(cache, { directory: basename(directory), files: await stamp(modules) })
  await removeOthers(cache, basename(directory))
  return directory
}

/** Our own sources one by one; for all packages the list that every install writes anew. */
async function stamp(modules: readonly string[]): Promise<BundleRecord['files']> {
  const isOwn = (path: string) => path.startsWith(repository + sep) && !path.includes(`${sep}node_modules${sep}`)
  const paths = [...modules.filter(isOwn), join(repository, 'node_modules/.package-lock.json')]
  return Promise.all(
    paths.sort().map(async (path) => {
      const { mtimeMs, size } = await stat(path)
      return [path, mtimeMs, size] as const
    }),
  )
}

async function writeRecord(cache: string, record: BundleRecord): Promise<void> {
  const path = join(cache, `${record.directory}.json`)
  await writeFile(path, JSON.stringify(record))
  await rename(path, join(cache, recordName))
}

/** Older bundles, an hour after they were made: a command that still runs may yet load a part of its own. */
async function removeOthers(cache: string, current: string): Promise<void> {
  for (const name of await readdir(cache)) {
    if (!name.startsWith('cli-') || name === current) continue
    const { mtimeMs } = await stat(join(cache, name))
    if (Date.now() - mtimeMs > 3_600_000) await rm(join(cache, name), { recursive: true, force: true })
  }
}

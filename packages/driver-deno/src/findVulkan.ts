import { readdir, readFile, realpath } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** The Vulkan drivers of this machine: their manifests, and every library they may open by name. */
export type Vulkan = { manifests: readonly string[]; libraries: readonly string[] }

const manifestDirectories = ['/usr/share/vulkan/icd.d', '/etc/vulkan/icd.d', '/usr/local/share/vulkan/icd.d']
const libraryDirectories = ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/lib64', '/usr/lib']

/**
 * Finds the loader and the drivers that a workload needs to see a GPU, or Mesa's software renderer.
 *
 * @param options.gpu Take the drivers of hardware too. Without, only the software renderer, which is harmless.
 */
export async function findVulkan(options: { gpu?: boolean | undefined } = {}): Promise<Vulkan> {
  const loader = await findLibrary('libvulkan.so.1')
  if (!loader) return { manifests: [], libraries: [] }
  const found = await Promise.all((await listManifests()).map(readManifest))
  const wanted = found.filter((driver) => driver && (options.gpu || /lvp/.test(driver.manifest)))
  const drivers = wanted.filter((driver) => driver !== undefined)
  const more = await Promise.all(drivers.map(({ library }) => openedByName(library)))
  return {
    manifests: drivers.map(({ manifest }) => manifest),
    libraries: [loader, ...drivers.map(({ library }) => library), ...more.flat()],
  }
}

async function listManifests(): Promise<string[]> {
  const lists = await Promise.all(
    manifestDirectories.map(async (directory) =>
      (await readdir(directory).catch((): string[] => [])).map((name) => join(directory, name)),
    ),
  )
  return lists.flat().filter((path) => path.endsWith('.json'))
}

async function readManifest(manifest: string): Promise<{ manifest: string; library: string } | undefined> {
  try {
    const path: unknown = JSON.parse(await readFile(manifest, 'utf8')).ICD.library_path
    if (typeof path !== 'string') return undefined
    const library = path.startsWith('/') ? path : await findLibrary(path)
    return library ? { manifest, library } : undefined
  } catch {
    // A broken manifest is a driver that is not there; the fingerprint shows which adapters answer.
    return undefined
  }
}

async function findLibrary(name: string): Promise<string | undefined> {
  for (const directory of libraryDirectories) {
    const names = await readdir(directory).catch((): string[] => [])
    if (names.includes(name)) return join(directory, name)
  }
  return undefined
}

/** NVIDIA's driver opens its parts by name, where `ldd` does not see them; they lie beside it. */
async function openedByName(library: string): Promise<string[]> {
  if (!basename(library).includes('nvidia')) return []
  const directory = dirname(await realpath(library))
  return (await readdir(directory))
    .filter((name) => /^lib(nvidia-|cuda\.so|GLX_nvidia|EGL_nvidia)/.test(name))
    .map((name) => join(directory, name))
}

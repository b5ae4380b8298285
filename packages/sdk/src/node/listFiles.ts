import { readdir, realpath, stat } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { BaseError } from '@hotaru/base'
import { workloadLimits } from '@hotaru/protocol'

/** A file to be sent: its path in the workload with "/" between the parts, and where it really lies. */
export type FoundFile = { path: string; location: string; sizeBytes: number }

/**
 * Lists the files of a directory, in the order of their paths.
 *
 * Links are followed when they stay inside the directory and refused when they lead out of it: a workload must not
 * carry a file of the renter's disk that he did not put there.
 * @param skip Names that are left out, at any depth.
 * @throws `Workload.OutsideError`, `Workload.TooManyFilesError`, `Workload.OddFileError`.
 */
export async function listFiles(directory: string, skip: (name: string) => boolean): Promise<FoundFile[]> {
  const root = await realpath(directory)
  const found: FoundFile[] = []
  await walk(root, [])
  return found.sort((a, b) => (a.path < b.path ? -1 : 1))

  async function walk(current: string, above: readonly string[]): Promise<void> {
    for (const entry of await readdir(current, { withFileTypes: true })) {
      if (skip(entry.name)) continue
      const path = join(current, entry.name)
      const location = entry.isSymbolicLink() ? await followInside(path) : path
      const facts = await stat(location)
      if (facts.isDirectory()) {
        // A link to a directory above itself would never end.
        if (!above.includes(location)) await walk(path, [...above, location])
      } else if (facts.isFile()) add(path, location, facts.size)
      else throw new OddFileError({ path })
    }
  }

  async function followInside(path: string): Promise<string> {
    const target = await realpath(path).catch((cause) => {
      throw new OutsideError({ path, target: 'nowhere', cause })
    })
    if (target !== root && !target.startsWith(root + sep)) throw new OutsideError({ path, target })
    return target
  }

  function add(path: string, location: string, sizeBytes: number): void {
    if (found.length >= workloadLimits.files) throw new TooManyFilesError({ directory })
    found.push({ path: relative(root, path).split(sep).join('/'), location, sizeBytes })
  }
}

export class OutsideError extends BaseError {
  override readonly name = 'Workload.OutsideError'

  constructor({ path, target, cause }: { path: string; target: string; cause?: unknown }) {
    super(`Cannot pack the workload: link "${path}" leads to "${target}", expected a file inside the directory`, {
      hint: 'copy the file into the directory instead of linking it',
      exitCode: 2,
      cause,
    })
  }
}

export class TooManyFilesError extends BaseError {
  override readonly name = 'Workload.TooManyFilesError'

  constructor({ directory }: { directory: string }) {
    super(`Cannot pack the workload: "${directory}" has too many files, expected at most "${workloadLimits.files}"`, {
      hint: 'put them into one archive, or name a "prepare" module in workload.json that selects them',
      exitCode: 2,
    })
  }
}

export class OddFileError extends BaseError {
  override readonly name = 'Workload.OddFileError'

  constructor({ path }: { path: string }) {
    super(`Cannot pack the workload: "${path}" is a socket, pipe or device, expected plain files`, { exitCode: 2 })
  }
}

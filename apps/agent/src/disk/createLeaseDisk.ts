import { copyFile, mkdir, readdir, rename, rm, stat, statfs } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { DiskPort, ManifestFile } from '../ports.ts'

/** The directories of leases on disk. */
export type LeaseDisk = DiskPort & {
  /** Where a file that is being received goes once it is whole: by its hash, out of the workload's sight. */
  incomingPath(leaseId: string, sha256: string): string
  /** Where an exam writes what it reads again. */
  probePath: string
}

/**
 * Keeps each lease in `leases/<id>` and what is still arriving in `incoming/<id>`, so that a program never sees half
 * a file and never starts in a directory that holds more than its manifest names.
 */
export function createLeaseDisk(directory: string): LeaseDisk {
  const directoryOf = (leaseId: string) => join(directory, 'leases', leaseId)
  const incomingOf = (leaseId: string) => join(directory, 'incoming', leaseId)
  return {
    directoryOf,
    probePath: join(directory, 'probe'),
    incomingPath: (leaseId, sha256) => join(incomingOf(leaseId), sha256),
    async prepare(leaseId, files) {
      await mkdir(join(directory, 'leases'), { recursive: true, mode: 0o700 })
      // Open to the unprivileged user that a driver runs it as; the folder above lets in nobody but the agent.
      await mkdir(directoryOf(leaseId), { recursive: true, mode: 0o755 })
      await mkdir(incomingOf(leaseId), { recursive: true, mode: 0o700 })
      return findReceived(incomingOf(leaseId), files)
    },
    async place(leaseId, files) {
      await placeFiles(incomingOf(leaseId), directoryOf(leaseId), files)
      await rm(incomingOf(leaseId), { recursive: true, force: true })
    },
    async remove(leaseId) {
      await rm(incomingOf(leaseId), { recursive: true, force: true })
      await rm(directoryOf(leaseId), { recursive: true, force: true })
    },
    async freeBytes() {
      await mkdir(directory, { recursive: true })
      const { bavail, bsize } = await statfs(directory)
      return bavail * bsize
    },
  }
}

/** A file gets its name, its hash, only when it was whole and checked; parts of a torn one are thrown away. */
async function findReceived(incoming: string, files: readonly ManifestFile[]): Promise<string[]> {
  const sizes = new Map(files.map((file) => [file.sha256, file.sizeBytes]))
  const received: string[] = []
  for (const name of await readdir(incoming)) {
    const found = await stat(join(incoming, name))
    if (sizes.get(name) === found.size) received.push(name)
    else await rm(join(incoming, name), { recursive: true, force: true })
  }
  return received
}

/** Moves each file to its path, copies it where a content has several. Goes on where a crash cut it off. */
async function placeFiles(incoming: string, directory: string, files: readonly ManifestFile[]): Promise<void> {
  const last = new Map(files.map((file) => [file.sha256, file.path]))
  for (const isLast of [false, true]) {
    for (const { path, sha256, sizeBytes } of files) {
      if ((last.get(sha256) === path) !== isLast) continue
      const to = join(directory, path)
      const there = await stat(to).catch(() => undefined)
      if (isLast && there?.size === sizeBytes) continue
      await mkdir(dirname(to), { recursive: true })
      if (isLast) await rename(join(incoming, sha256), to)
      else if (there?.size !== sizeBytes) await copyWhole(join(incoming, sha256), to)
    }
  }
}

async function copyWhole(from: string, to: string): Promise<void> {
  await copyFile(from, `${to}.part`)
  await rename(`${to}.part`, to)
}

import { randomUUID } from 'node:crypto'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Engine } from '../engine/Engine.ts'
import { seccompProfile } from './seccompProfile.ts'

/**
 * Writes our system call filter where the engine can read it, and gives its path.
 *
 * Undefined for Docker: its own is an allow list and stronger than ours. Podman's lets user namespaces through.
 */
export async function writeSeccomp({ kind }: Pick<Engine, 'kind'>, directory: string): Promise<string | undefined> {
  if (kind === 'docker') return undefined
  const path = join(directory, 'seccomp.json')
  await mkdir(directory, { recursive: true })
  // Several tasks may start at once, and none may read half a filter.
  const fresh = `${path}.${randomUUID()}`
  await writeFile(fresh, JSON.stringify(seccompProfile))
  await rename(fresh, path)
  return path
}

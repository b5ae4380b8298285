import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { gunzipSync } from 'node:zlib'
import type { Component, Engine } from '../engine/Engine.ts'

/** Everything that stands between a workload and the host: the engine's parts and the vendors' hooks. */
export async function readComponents(engine: Engine): Promise<Record<string, Component>> {
  const toolkit = await versionOfToolkit()
  return toolkit === undefined
    ? { ...engine.components }
    : { ...engine.components, 'nvidia-container-toolkit': toolkit }
}

/** Whether the change log of the distribution's package names the hole as closed; Debian and its children keep one. */
export function isFixedByDistribution(component: string, id: string): boolean {
  const log = `/usr/share/doc/${component}/changelog.Debian.gz`
  return existsSync(log) && gunzipSync(readFileSync(log)).toString('utf8').includes(id)
}

async function versionOfToolkit(): Promise<Component | undefined> {
  try {
    const { stdout } = await promisify(execFile)('nvidia-container-runtime-hook', ['--version'], { timeout: 5_000 })
    const version = /\d+\.\d+\.\d+[^\s]*/.exec(stdout)?.[0]
    // A toolkit that does not tell its version is not trusted to be a new one.
    return { version: version ?? 'unknown', revision: undefined }
  } catch {
    return undefined
  }
}

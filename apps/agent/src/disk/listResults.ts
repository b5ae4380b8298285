import { createHash } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { BaseError } from '@hotaru/base'
import { workloadLimits } from '@hotaru/protocol'
import { openResult } from './openResult.ts'

/** A file a workload left, as the renter sees it; `path` begins with `out/`. */
export type Result = { path: string; sizeBytes: number; sha256: string }

/** Lists and hashes the files under `out/`, in order of their paths. Links, pipes and devices are left out. */
export async function listResults(directory: string, signal: AbortSignal): Promise<Result[]> {
  const paths = await listPaths(directory)
  const results: Result[] = []
  for (const path of paths.sort()) {
    signal.throwIfAborted()
    const result = await measure(directory, path, signal)
    if (result) results.push(result)
  }
  return results
}

async function listPaths(directory: string): Promise<string[]> {
  const paths: string[] = []
  const folders = ['out']
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    const entries = await readdir(join(directory, folder), { withFileTypes: true }).catch(() => [])
    for (const entry of entries) {
      const path = `${folder}/${entry.name}`
      if (path.length > workloadLimits.pathLength) continue
      if (entry.isDirectory()) folders.push(path)
      else if (entry.isFile()) paths.push(path)
      if (paths.length + folders.length > workloadLimits.files) throw new TooManyResultsError()
    }
  }
  return paths
}

/** Undefined when it is gone, or no file any more: the workload may still be at it. */
async function measure(directory: string, path: string, signal: AbortSignal): Promise<Result | undefined> {
  const opened = await openResult(directory, path).catch(() => undefined)
  if (!opened) return undefined
  const { file } = opened
  try {
    const hash = createHash('sha256')
    const buffer = new Uint8Array(256 * 2 ** 10)
    let sizeBytes = 0
    for (;;) {
      signal.throwIfAborted()
      const { bytesRead } = await file.read(buffer, 0, buffer.length, sizeBytes)
      if (bytesRead === 0) return { path, sizeBytes, sha256: hash.digest('hex') }
      hash.update(buffer.subarray(0, bytesRead))
      sizeBytes += bytesRead
    }
  } finally {
    await file.close()
  }
}

export class TooManyResultsError extends BaseError {
  override readonly name = 'Agent.TooManyResultsError'

  constructor() {
    super(`Cannot list the results: there are more files, expected at most ${workloadLimits.files}`, {
      hint: 'let the workload pack its results into fewer files',
    })
  }
}

import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** What a bundle was made of: it is used only while every one of these files is as it was. */
export type BundleRecord = {
  /** Name of the bundle's directory, beside the record. */
  directory: string
  files: readonly (readonly [path: string, mtimeMs: number, sizeBytes: number])[]
}

/** The record's name in the cache directory. */
export const recordName = 'cli.json'

/**
 * The entry of a bundle that is still true to its sources; undefined where there is none, and the sources are run then.
 *
 * Imports nothing but Node: it stands in front of everything that a bundle saves.
 */
export function findBundle(cache: string): string | undefined {
  try {
    const record: BundleRecord = JSON.parse(readFileSync(join(cache, recordName), 'utf8'))
    const isFresh = record.files.every(([path, mtimeMs, sizeBytes]) => {
      const facts = statSync(path)
      return facts.mtimeMs === mtimeMs && facts.size === sizeBytes
    })
    const entry = join(cache, record.directory, 'main.js')
    return isFresh && statSync(entry).isFile() ? entry : undefined
  } catch {
    return undefined
  }
}

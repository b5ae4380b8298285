import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildBundle } from './buildBundle.ts'
import { type BundleRecord, findBundle, recordName } from './findBundle.ts'

let cache: string

beforeAll(async () => {
  cache = await mkdtemp(join(tmpdir(), 'hotaru-bundle-'))
  expect(findBundle(cache)).toBeUndefined()
  await buildBundle(cache)
})
afterAll(() => rm(cache, { recursive: true }))

test('a bundle does what the sources do', async () => {
  const bundled = await promisify(execFile)(process.execPath, [findBundle(cache) ?? '', 'run', '--help'])
  const plain = await promisify(execFile)(process.execPath, [join(import.meta.dirname, '../main.ts'), 'run', '--help'])
  expect(bundled.stdout).toBe(plain.stdout)
})

test('it is used no more once a source has changed, is gone, or packages were installed', async () => {
  const path = join(cache, recordName)
  const record: BundleRecord = JSON.parse(await readFile(path, 'utf8'))
  const named = record.files.map(([file]) => file)
  expect(named.some((file) => file.endsWith('.package-lock.json'))).toBe(true)
  expect(named.some((file) => file.endsWith(join('sdk', 'src', 'run', 'runWorkload.ts')))).toBe(true)
  const source = join(cache, 'source.ts')
  await writeFile(source, 'one')
  await utimes(source, 1, 1)
  await writeFile(path, JSON.stringify({ ...record, files: [[source, 1000, 3]] }))
  expect(findBundle(cache)).toBeDefined()
  await utimes(source, 2, 2)
  expect(findBundle(cache)).toBeUndefined()
  await rm(source)
  expect(findBundle(cache)).toBeUndefined()
})

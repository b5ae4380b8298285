import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createDirectoryStore } from './createDirectoryStore.ts'

let parent: string
let directory: string

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'hotaru-store-'))
  directory = join(parent, 'results')
  await mkdir(directory)
})
afterEach(() => rm(parent, { recursive: true }))

const describe = (path: string, content: string) => ({
  path,
  sizeBytes: content.length,
  sha256: createHash('sha256').update(content).digest('hex'),
})

/** Serves `content` from the byte asked for, and counts how often it is asked. */
function serve(content: string) {
  const asked: number[] = []
  const openAt = async (fromByte: number) => {
    asked.push(fromByte)
    const pieces = [content.slice(fromByte)].filter((piece) => piece !== '')
    return { readData: async () => (pieces.length > 0 ? Buffer.from(pieces.shift() ?? '') : undefined) }
  }
  return { asked, openAt }
}

test('saves, and does not read again what is there', async () => {
  const { asked, openAt } = serve('hello')
  const store = createDirectoryStore(directory)
  const location = await store.save(describe('out/deep/a.txt', 'hello'), openAt)
  expect(location).toBe(join(await realpath(directory), 'deep/a.txt'))
  expect(await readFile(location, 'utf8')).toBe('hello')
  await store.save(describe('out/deep/a.txt', 'hello'), openAt)
  expect(asked).toEqual([0])
})

test('an empty file is a file', async () => {
  const location = await createDirectoryStore(directory).save(describe('empty', ''), serve('').openAt)
  expect(await readFile(location, 'utf8')).toBe('')
})

test('nothing is ever written outside the directory', async () => {
  const anyPart = fc.constantFrom('..', '.', '', 'a', 'b', '/', '\\..', '\0', 'C:', '...')
  const { openAt } = serve('x')
  await fc.assert(
    fc.asyncProperty(fc.array(anyPart, { minLength: 1, maxLength: 5 }), async (parts) => {
      await createDirectoryStore(directory)
        .save(describe(parts.join('/'), 'x'), openAt)
        .catch(() => {})
      expect(await readdir(parent)).toEqual(['results'])
    }),
  )
})

test('a directory that is a link out is refused', async () => {
  const outside = join(parent, 'outside')
  await mkdir(outside)
  await symlink(outside, join(directory, 'deep'))
  const saving = createDirectoryStore(directory).save(describe('out/deep/a', 'x'), serve('x').openAt)
  await expect(saving).rejects.toThrow('Cannot save a result: its path "out/deep/a" leads elsewhere')
  expect(await readdir(outside)).toEqual([])
})

test('an older file of that name is replaced, a link of that name is not followed', async () => {
  const victim = join(parent, 'victim')
  await writeFile(victim, 'mine')
  await symlink(victim, join(directory, 'a'))
  await createDirectoryStore(directory).save(describe('a', 'theirs'), serve('theirs').openAt)
  expect(await readFile(victim, 'utf8')).toBe('mine')
  expect(await readFile(join(directory, 'a'), 'utf8')).toBe('theirs')
})

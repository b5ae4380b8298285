import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createLeaseDisk, type LeaseDisk } from './createLeaseDisk.ts'
import { listResults } from './listResults.ts'
import { openResult } from './openResult.ts'

let root: string
let disk: LeaseDisk
let work: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'hotaru-disk-'))
  disk = createLeaseDisk(root)
  work = disk.directoryOf('1')
})
afterEach(() => rm(root, { recursive: true }))

const sha = (text: string) => createHash('sha256').update(text).digest('hex')
const file = (path: string, text: string) => ({ path, sizeBytes: text.length, sha256: sha(text) })
const never = new AbortController().signal

test('received files are found again after a crash, torn ones thrown away', async () => {
  const files = [file('a', 'aaa'), file('b', 'bbb')]
  expect(await disk.prepare('1', files)).toEqual([])
  await writeFile(disk.incomingPath('1', sha('aaa')), 'aaa')
  await writeFile(disk.incomingPath('1', sha('bbb')), 'b')
  await writeFile(`${disk.incomingPath('1', sha('bbb'))}.part`, 'bb')
  expect(await disk.prepare('1', files)).toEqual([sha('aaa')])
  expect(await readdir(join(root, 'incoming', '1'))).toEqual([sha('aaa')])
})

test('files are put at their paths, one content at several; a crash in between is made good', async () => {
  const files = [file('a', 'same'), file('deep/er/b', 'same'), file('c', 'other')]
  await disk.prepare('1', files)
  await writeFile(disk.incomingPath('1', sha('same')), 'same')
  await writeFile(disk.incomingPath('1', sha('other')), 'other')
  // The first try got as far as one copy and one move.
  await writeFile(join(work, 'a'), 'same')
  await disk.place('1', files)
  expect(await readFile(join(work, 'a'), 'utf8')).toBe('same')
  expect(await readFile(join(work, 'deep/er/b'), 'utf8')).toBe('same')
  expect(await readFile(join(work, 'c'), 'utf8')).toBe('other')
  await disk.remove('1')
  await disk.remove('1')
  expect(await readdir(join(root, 'leases'))).toEqual([])
})

test('results are listed with their hashes; what is no plain file is not there', async () => {
  await disk.prepare('1', [])
  await mkdir(join(work, 'out/deep'), { recursive: true })
  await writeFile(join(work, 'out/deep/b.txt'), 'bb')
  await writeFile(join(work, 'out/a.txt'), 'a')
  await symlink('/etc/passwd', join(work, 'out/link'))
  await symlink('/etc', join(work, 'out/folder'))
  expect(await listResults(work, never)).toEqual([
    { path: 'out/a.txt', sizeBytes: 1, sha256: sha('a') },
    { path: 'out/deep/b.txt', sizeBytes: 2, sha256: sha('bb') },
  ])
})

test('no path and no link leads out of the results', async () => {
  await disk.prepare('1', [])
  await mkdir(join(work, 'out'))
  await writeFile(join(root, 'secret'), 'secret')
  await writeFile(join(work, 'main.ts'), 'code')
  await symlink(join(root, 'secret'), join(work, 'out/link'))
  await symlink(root, join(work, 'out/up'))
  await symlink('.', join(work, 'out/here'))
  const paths = ['out/link', 'out/up/secret', 'out/../main.ts', 'main.ts', '/etc/passwd', 'out', 'out/', 'out/\0']
  for (const path of [...paths, '../../secret', 'out/here/link', 'out/missing']) {
    await expect(openResult(work, path), path).rejects.toMatchObject({ name: 'Agent.NoResultError' })
  }
})

test('an "out" that is itself a link out is no way either', async () => {
  await disk.prepare('1', [])
  await writeFile(join(root, 'secret'), 'secret')
  await symlink(root, join(work, 'out'))
  await expect(openResult(work, 'out/secret')).rejects.toMatchObject({ name: 'Agent.NoResultError' })
  expect(await listResults(work, never)).toEqual([])
})

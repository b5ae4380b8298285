import { execFileSync } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Journal } from './Journal.ts'
import { writeFileAtomic } from './writeFileAtomic.ts'

let disk: string
beforeEach(async () => {
  disk = await mkdtemp(join(tmpdir(), 'hotaru-full-'))
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'hotaru-test', disk])
})
afterEach(async () => {
  execFileSync('umount', [disk])
  await rm(disk, { recursive: true })
})

test('a record that does not fit is refused, those before it stay, and writing goes on when there is room', async () => {
  const { journal } = await Journal.open<{ n: number; text?: string }>(join(disk, 'journal'))
  await journal.append({ n: 1 })
  await writeFile(join(disk, 'ballast'), Buffer.alloc(40_000))
  const tooLarge = journal.append({ n: 2, text: 'x'.repeat(60_000) })
  await expect(tooLarge).rejects.toMatchObject({ name: 'Journal.FullError', retry: 'later' })
  await rm(join(disk, 'ballast'))
  await journal.append({ n: 3 })
  await journal.close()
  const { journal: again, entries } = await Journal.open(join(disk, 'journal'))
  await again.close()
  expect(entries).toEqual([{ n: 1 }, { n: 3 }])
})

test('replacing a file on a full disk leaves the old one, whole, and nothing beside it', async () => {
  const path = join(disk, 'state')
  await writeFileAtomic(path, 'old')
  await expect(writeFileAtomic(path, Buffer.alloc(100_000))).rejects.toMatchObject({ code: 'ENOSPC' })
  expect(await readFile(path, 'utf8')).toBe('old')
  expect(await readdir(disk)).toEqual(['state'])
})

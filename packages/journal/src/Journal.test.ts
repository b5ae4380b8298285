import { appendFile, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Journal } from './Journal.ts'

let directory: string
let path: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'hotaru-journal-'))
  path = join(directory, 'journal')
})
afterEach(() => rm(directory, { recursive: true }))

async function write(entries: unknown[]): Promise<void> {
  const { journal } = await Journal.open(path)
  await Promise.all(entries.map((entry) => journal.append(entry)))
  await journal.close()
}

async function read(): Promise<unknown[]> {
  const { journal, entries } = await Journal.open(path)
  await journal.close()
  return entries
}

test('gives back what was appended, in order, over several openings', async () => {
  await write([{ n: 1 }, { n: 2, text: 'ほたる\n' }])
  await write([{ n: 3 }])
  expect(await read()).toEqual([{ n: 1 }, { n: 2, text: 'ほたる\n' }, { n: 3 }])
})

test('a tail torn at any byte loses only the torn record, and appending goes on after it', async () => {
  await write([{ n: 1 }])
  const before = (await readFile(path)).length
  await write([{ n: 2 }])
  const whole = await readFile(path)
  for (let size = before; size < whole.length; size++) {
    await writeFile(path, whole)
    await truncate(path, size)
    expect(await read()).toEqual([{ n: 1 }])
    await write([{ n: 3 }])
    expect(await read()).toEqual([{ n: 1 }, { n: 3 }])
  }
})

test('a flipped bit in the middle is reported, never skipped', async () => {
  await write([{ n: 1 }, { n: 2 }])
  const bytes = await readFile(path)
  bytes[12] = (bytes[12] ?? 0) ^ 1
  await writeFile(path, bytes)
  await expect(Journal.open(path)).rejects.toMatchObject({ name: 'Journal.DamagedError' })
})

test('garbage after the last record is cut away', async () => {
  await write([{ n: 1 }])
  await appendFile(path, 'rubbish')
  expect(await read()).toEqual([{ n: 1 }])
})

import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { receiveFile } from './receiveFile.ts'

let disk: string
beforeEach(async () => {
  disk = await mkdtemp(join(tmpdir(), 'hotaru-full-'))
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'hotaru-test', disk])
})
afterEach(async () => {
  execFileSync('umount', [disk])
  await rm(disk, { recursive: true })
})

test('a file that does not fit is refused with nothing left of it, and the next one that fits arrives', async () => {
  await expect(receive(200_000, 'large')).rejects.toMatchObject({ name: 'Link.DiskFullError' })
  expect(await readdir(disk)).toEqual([])
  await receive(20_000, 'small')
  expect((await readFile(join(disk, 'small'))).length).toBe(20_000)
})

function receive(sizeBytes: number, name: string): Promise<void> {
  const content = Buffer.alloc(sizeBytes, 7)
  const pieces = Array.from({ length: Math.ceil(sizeBytes / 8192) }, (_, index) =>
    content.subarray(index * 8192, (index + 1) * 8192),
  )
  const source = { readData: async () => pieces.shift() }
  const sha256 = createHash('sha256').update(content).digest('hex')
  return receiveFile(source, { to: join(disk, name), sizeBytes, sha256 })
}

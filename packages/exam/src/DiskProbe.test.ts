import { mkdtemp, open, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { blockBytes, expectProbe, readProbe, writeProbe } from './DiskProbe.ts'

const directory = await mkdtemp(join(tmpdir(), 'hotaru-probe-'))
const path = join(directory, 'probe')
afterAll(() => rm(directory, { recursive: true }))
const word = fc
  .uint8Array({ minLength: 32, maxLength: 32 })
  .map((bytes) => `0x${Buffer.from(bytes).toString('hex')}` as const)

test('what a disk gives back is what was to be written, block for block', async () => {
  const size = fc.integer({ min: 1, max: 2 ** 21 + 5000 })
  await fc.assert(
    fc.asyncProperty(word, word, size, async (nonce, pickSeed, sizeBytes) => {
      const probe = { nonce, pickSeed, sizeBytes, reads: 64 }
      await writeProbe(path, probe)
      expect((await stat(path)).size).toBe(Math.max(1, Math.floor(sizeBytes / blockBytes)) * blockBytes)
      expect(await readProbe(path, probe)).toBe(await expectProbe(probe))
    }),
    { numRuns: 12 },
  )
})

test('a byte that the disk lost, another nonce or another pick gives another hash', async () => {
  const probe = {
    nonce: `0x${'0a'.repeat(32)}`,
    pickSeed: `0x${'0b'.repeat(32)}`,
    sizeBytes: 4 * blockBytes,
    reads: 64,
  } as const
  await writeProbe(path, probe)
  const right = await expectProbe(probe)
  expect(await expectProbe({ ...probe, nonce: probe.pickSeed })).not.toBe(right)
  expect(await expectProbe({ ...probe, pickSeed: probe.nonce })).not.toBe(right)
  const file = await open(path, 'r+')
  await file.write(new Uint8Array(1), 0, 1, 2 * blockBytes + 7)
  await file.close()
  expect(await readProbe(path, probe)).not.toBe(right)
})

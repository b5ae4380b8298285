import fc from 'fast-check'
import { expect, test } from 'vitest'
import { demultiplex, FrameError } from './demultiplex.ts'

const frame = (kind: number, bytes: Uint8Array) => {
  const header = Buffer.alloc(8)
  header[0] = kind
  header.writeUInt32BE(bytes.length, 4)
  return Buffer.concat([header, bytes])
}

async function* cut(bytes: Buffer, sizes: readonly number[]) {
  let at = 0
  for (const size of sizes) {
    if (at >= bytes.length) return
    yield bytes.subarray(at, at + size)
    at += size
  }
  if (at < bytes.length) yield bytes.subarray(at)
}

test('gives back each stream however the bytes are cut on the way', async () => {
  const frames = fc.array(fc.record({ kind: fc.constantFrom(1, 2), bytes: fc.uint8Array({ maxLength: 40 }) }))
  const sizes = fc.array(fc.integer({ min: 1, max: 30 }))
  await fc.assert(
    fc.asyncProperty(frames, sizes, async (sent, cuts) => {
      const wire = Buffer.concat(sent.map(({ kind, bytes }) => frame(kind, bytes)))
      const got = { stdout: '', stderr: '' }
      for await (const { stream, bytes } of demultiplex(cut(wire, cuts)))
        got[stream] += Buffer.from(bytes).toString('hex')
      const expected = (kind: number) =>
        sent
          .filter((one) => one.kind === kind)
          .map((one) => Buffer.from(one.bytes).toString('hex'))
          .join('')
      expect(got).toEqual({ stdout: expected(1), stderr: expected(2) })
    }),
  )
})

test('refuses a stream that holds no frames', async () => {
  const read = async () => {
    for await (const _ of demultiplex(cut(Buffer.from('plain text from a terminal'), []))) expect.unreachable()
  }
  await expect(read()).rejects.toThrow(FrameError)
})

import { frameLimits } from '@hotaru/protocol'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { encodeFrame, type Frame, FrameDecoder } from './Frame.ts'

const body = fc.uint8Array({ minLength: 1, maxLength: 3000 })
const frame = fc.record({ kind: fc.constantFrom<Frame['kind'][]>('json', 'data'), bytes: body })

function join(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(parts.flatMap((part) => [...part]))
}

function decodeSliced(bytes: Uint8Array, cuts: readonly number[]): Frame[] {
  const decoder = new FrameDecoder()
  const frames: Frame[] = []
  let at = 0
  for (const cut of [...cuts, bytes.byteLength]) {
    frames.push(...decoder.push(bytes.subarray(at, Math.min(at + cut, bytes.byteLength))))
    at = Math.min(at + cut, bytes.byteLength)
  }
  decoder.end()
  return frames
}

test('gives back what was encoded, however the bytes are sliced', () => {
  fc.assert(
    fc.property(fc.array(frame, { maxLength: 6 }), fc.array(fc.nat(700), { maxLength: 20 }), (frames, cuts) => {
      const bytes = join(frames.map(({ kind, bytes }) => encodeFrame(kind, bytes)))
      expect(decodeSliced(bytes, cuts)).toEqual(frames)
    }),
  )
})

test('any bytes give frames within their bounds or a MalformedError, and little memory is held', () => {
  // Half of the inputs begin like a frame, so that bodies are reached too.
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 400 }),
    fc.uint8Array({ maxLength: 400 }).map((tail) => join([new Uint8Array([1, 0, 0, 0]), tail])),
  )
  fc.assert(
    fc.property(fc.array(bytes), (chunks) => {
      const decoder = new FrameDecoder()
      let arrived = 0
      try {
        for (const chunk of chunks) {
          arrived += chunk.byteLength
          for (const { kind, bytes } of decoder.push(chunk)) {
            expect(bytes.byteLength).toBeGreaterThan(0)
            expect(bytes.byteLength).toBeLessThanOrEqual(
              kind === 'data' ? frameLimits.dataBytes : frameLimits.jsonBytes,
            )
          }
          expect(decoder.heldBytes).toBeLessThanOrEqual(Math.max(2 * arrived, frameLimits.dataBytes))
        }
        decoder.end()
      } catch (error) {
        expect(error).toMatchObject({ name: 'Link.MalformedError' })
      }
    }),
  )
})

test('a frame cut off at any byte is not taken for a whole one', () => {
  const bytes = encodeFrame('data', new Uint8Array(20).fill(7))
  for (let size = 1; size < bytes.byteLength; size++) {
    const decoder = new FrameDecoder()
    expect(decoder.push(bytes.subarray(0, size))).toEqual([])
    expect(() => decoder.end()).toThrow('it ends in the middle of a frame')
  }
})

test('a long frame grows with what arrives and comes out whole', () => {
  const content = new Uint8Array(frameLimits.jsonBytes).map((_, index) => index % 251)
  const bytes = encodeFrame('json', content)
  const decoder = new FrameDecoder()
  decoder.push(bytes.subarray(0, 100))
  expect(decoder.heldBytes).toBe(frameLimits.dataBytes)
  const [frame] = decoder.push(bytes.subarray(100))
  expect(Buffer.compare(frame?.bytes ?? new Uint8Array(), content)).toBe(0)
  expect(decoder.heldBytes).toBe(0)
})

test('says what is wrong with a frame', () => {
  const push = (bytes: number[]) => () => new FrameDecoder().push(new Uint8Array(bytes))
  expect(push([2, 0, 0, 0, 1])).toThrowErrorMatchingInlineSnapshot(
    `[Link.MalformedError: Cannot read the stream: a frame is of kind "2", expected "0" or "1"]`,
  )
  expect(push([0, 0, 0, 0, 0])).toThrowErrorMatchingInlineSnapshot(
    `[Link.MalformedError: Cannot read the stream: a json frame has 0 bytes, expected 1 to 4194304]`,
  )
  expect(push([0, 0, 64, 0, 1])).toThrowErrorMatchingInlineSnapshot(
    `[Link.MalformedError: Cannot read the stream: a json frame has 4194305 bytes, expected 1 to 4194304]`,
  )
  expect(push([1, 255, 255, 255, 255])).toThrowErrorMatchingInlineSnapshot(
    `[Link.MalformedError: Cannot read the stream: a data frame has 4294967295 bytes, expected 1 to 262144]`,
  )
  expect(() => encodeFrame('data', new Uint8Array(frameLimits.dataBytes + 1))).toThrow(
    'Cannot send the message: a data frame has 262145 bytes, expected 1 to 262144',
  )
})

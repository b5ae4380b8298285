import fc from 'fast-check'
import { expect, test } from 'vitest'
import { LineSplitter } from './LineSplitter.ts'
import { readProgramLine } from './readProgramLine.ts'

test('reads progress, device and result, and leaves the rest to be shown', () => {
  expect(readProgramLine('@hotaru {"progress":{"done":12,"total":64,"label":"tile 12/64"}}')).toEqual({
    progress: { done: 12, total: 64, label: 'tile 12/64' },
  })
  expect(readProgramLine('@hotaru {"device":{"kind":"cpu","name":"llvmpipe","api":"webgpu"}}')).toMatchObject({
    device: { kind: 'cpu' },
  })
  expect(readProgramLine('@hotaru {"result":{"accuracy":0.97}}')).toEqual({ result: { accuracy: 0.97 } })
  for (const line of ['hello', '@hotaru', '@hotaru {', '@hotaru {"progress":{"done":1,"total":0}}', ' @hotaru {}'])
    expect(readProgramLine(line)).toBeUndefined()
})

test('lines come out whole however the bytes are cut', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.integer({ min: 1, max: 7 }), (text, step) => {
      const bytes = new TextEncoder().encode(text)
      const splitter = new LineSplitter()
      const lines: string[] = []
      for (let at = 0; at < bytes.byteLength; at += step) lines.push(...splitter.push(bytes.subarray(at, at + step)))
      const rest = splitter.end()
      expect(lines.join('') + rest).toBe(new TextDecoder().decode(bytes))
      expect(lines.every((line) => line.endsWith('\n') && line.indexOf('\n') === line.length - 1)).toBe(true)
    }),
  )
})

test('a line without end does not grow without bound', () => {
  const splitter = new LineSplitter()
  const pieces = splitter.push(new Uint8Array(100_000).fill(97))
  expect(pieces.map((piece) => piece.length)).toEqual([100_000])
  expect(splitter.end()).toBe('')
})

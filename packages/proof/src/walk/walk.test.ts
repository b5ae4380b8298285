import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Hex, toBytes, toHex } from '../hex.ts'
import { createReferenceBackend } from '../referenceBackend.ts'
import { findWalkFault } from './findWalkFault.ts'
import { nextCell, step } from './lane.ts'
import { pickSegments } from './pickSegments.ts'
import type { WalkSize } from './walkSize.ts'

const size: WalkSize = { cells: 1024, hashes: 2, lanes: 16, segments: 4 }
const names = { key: `0x${'21'.repeat(32)}` as Hex, nonce: `0x${'22'.repeat(32)}` as Hex }
const picks = pickSegments(`0x${'23'.repeat(32)}`, size)
const memory = await createReferenceBackend().fill(names.key, size)
const walk = await memory.walk(names.nonce, size)
const openings = await walk.openLanes(picks.map(({ lane }) => lane))
const find = (changed: Partial<findWalkFault.Options>) =>
  findWalkFault(names, size, { root: walk.root, picks, openings, ...changed })?.reason

test('a walk under another key or nonce, or to another root, is found', () => {
  expect(find({})).toBeUndefined()
  const other: Hex = `0x${'00'.repeat(32)}`
  expect(findWalkFault({ ...names, key: other }, size, { root: walk.root, picks, openings })?.reason).toMatch(/begin/)
  expect(findWalkFault({ ...names, nonce: other }, size, { root: walk.root, picks, openings })?.reason).toMatch(/begin/)
  expect(find({ root: other })).toMatch(/is not opened$/)
})

test('a lane that went through a wrong cell is found where it is looked at', async () => {
  // Half of the memory was never filled: those cells are zero.
  const half = await createReferenceBackend().fill(names.key, { cells: size.cells / 2, hashes: size.hashes })
  const short = await half.walk(names.nonce, size)
  const opened = await short.openLanes(picks.map(({ lane }) => lane))
  expect(find({ root: short.root, openings: opened })).toMatch(/^segment \d of lane \d+ is wrong$/)
})

test('openings of another lane, changed or cut short open nothing', () => {
  const [first] = openings
  if (!first) throw new Error('There are 64 openings')
  const bytes = toBytes(first.leaf)
  const flipped = toHex(bytes.with(bytes.length - 1, (bytes.at(-1) ?? 0) ^ 1))
  const bad = [
    null,
    { ...first, leaf: flipped },
    { ...first, leaf: first.leaf.slice(0, -16) },
    { ...first, leafPath: first.leafPath.slice(1) },
    openings.find(({ leaf }) => leaf !== first.leaf),
  ]
  for (const opening of bad) expect(find({ openings: openings.with(0, opening as never) })).toMatch(/is not opened$/)
  expect(find({ openings: openings.slice(1) })).toBe('it has not one opening for each of 64 picks')
})

test('whatever a peer sends is judged, never thrown on', () => {
  fc.assert(
    fc.property(fc.anything(), fc.anything(), (root, opening) => {
      expect(find({ root })).toBeTypeOf('string')
      expect(find({ openings: opening })).toBeTypeOf('string')
      expect(find({ openings: [opening], picks: picks.slice(0, 1) })).toBeTypeOf('string')
    }),
  )
})

test('every bit of a cell changes where a lane stands, and a position finds its cell in memory of any size', () => {
  const position = fc.record({ a: fc.nat(2 ** 32 - 1), b: fc.nat(2 ** 32 - 1) })
  const cell = fc.uint8Array({ minLength: 32, maxLength: 32 })
  fc.assert(
    fc.property(position, cell, fc.nat(255), fc.integer({ min: 6, max: 40 }), (from, bytes, bit, power) => {
      const at = bit >> 3
      const changed = bytes.with(at, (bytes[at] as number) ^ (1 << (bit & 7)))
      expect(step(from, changed)).not.toEqual(step(from, bytes))
      const whole = (BigInt(from.b) << 32n) + BigInt(from.a)
      expect(BigInt(nextCell(from, 2 ** power))).toBe(whole % (1n << BigInt(power)))
    }),
  )
})

test('a walk of another shape is refused', () => {
  const given = { root: walk.root, picks, openings }
  expect(() => findWalkFault(names, { ...size, cells: 1000 }, given)).toThrowErrorMatchingInlineSnapshot(
    `[Proof.InvalidSizeError: Cannot make the challenge: cells is 1000, expected a power of two from 64 to 1099511627776]`,
  )
  for (const change of [{ cells: 32 }, { lanes: 3 }, { segments: 0 }, { hashes: 0 }, { hashes: 1.5 }])
    expect(() => findWalkFault(names, { ...size, ...change }, given)).toThrow(`${Object.keys(change)[0]} is`)
})

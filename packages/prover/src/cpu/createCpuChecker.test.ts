import {
  type Challenge,
  type Checker,
  createReferenceBackend,
  findPickedFault,
  findWalkFault,
  type Hex,
  pickEntries,
  pickSegments,
  referenceChecker,
} from '@hotaru/proof'
import { type Forgery, forgeTranscript } from '@hotaru/proof/testing'
import { expect, test } from 'vitest'
import { createCpuChecker } from './createCpuChecker.ts'

const checker = createCpuChecker()

test.each([16, 32, 64, 1024, 32_768])('entries of a product of size %i are those of the reference', (n) => {
  const state = new Uint8Array(32).fill(0x6b)
  for (const place of [
    { row: 0, column: 0 },
    { row: 1, column: n - 1 },
    { row: n - 2, column: 7 },
    { row: n / 2 + 3, column: n / 2 + 2 },
  ])
    expect(checker.makeEntry(state, place, n)).toBe(referenceChecker.makeEntry(state, place, n))
})

test.each([0, 1, 77, 2 ** 32 - 1, 2 ** 40 - 1])('cell %i is that of the reference', (index) => {
  const key: Hex = `0x${'a7'.repeat(32)}`
  for (const hashes of [1, 2, 9])
    expect(checker.makeCell(key, index, hashes)).toEqual(referenceChecker.makeCell(key, index, hashes))
})

test('a verifier that has it finds what the reference finds', async () => {
  const challenge: Challenge = { n: 64, rounds: 2, slots: 1, seed, chainId: 1n, machineId: 2n, auditId: 3n }
  const picks = pickEntries(seed, challenge)
  const judge = async ({ answer, transcript, open }: Forgery, makeEntry = checker.makeEntry) =>
    findPickedFault(challenge, answer, { transcript, picks, openings: await open(picks), checker: { makeEntry } })
  const [right, wrong] = [forgeTranscript(challenge, []), forgeTranscript(challenge, picks.slice(5, 6))]
  expect(await judge(right)).toBeUndefined()
  expect((await judge(wrong))?.proof).toBeDefined()
  expect(await judge(wrong)).toEqual(await judge(wrong, referenceChecker.makeEntry))
  expect(await judge(right, () => 0)).toBeDefined()
})

test('a walk is judged by it', async () => {
  const [names, size] = [
    { key: seed, nonce: seed },
    { cells: 256, hashes: 3, lanes: 4, segments: 2 },
  ]
  const walk = await (await createReferenceBackend().fill(seed, size)).walk(seed, size)
  const picks = pickSegments(seed, size)
  const openings = await walk.openLanes(picks.map(({ lane }) => lane))
  const judge = (makeCell: Checker['makeCell']) =>
    findWalkFault(names, size, { root: walk.root, picks, openings, checker: { makeCell } })
  expect(judge(checker.makeCell)).toBeUndefined()
  expect(judge(() => new Uint8Array(32))).toBeDefined()
})

const seed: Hex = `0x${'21'.repeat(32)}`

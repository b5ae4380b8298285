import fc from 'fast-check'
import { expect, test } from 'vitest'
import { answerChallenge } from './answerChallenge.ts'
import { type Challenge, multiplyAddsOf } from './challenge.ts'
import { findFault, findPickedFault } from './findFault.ts'
import { toHex } from './hex.ts'
import { openEntries } from './openEntries.ts'
import { type PickedEntry, pickEntries } from './pickEntries.ts'
import { createReferenceBackend } from './referenceBackend.ts'
import { toAnswer } from './rounds.ts'
import { forgeTranscript } from './testing/index.ts'
import { transcriptRoot } from './transcript.ts'

const challenge: Challenge = {
  n: 32,
  rounds: 3,
  slots: 2,
  seed: `0x${'01'.repeat(32)}`,
  chainId: 31_337n,
  machineId: 7n,
  auditId: 9n,
}
const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 }).map(toHex)
const entry = fc.record({ slot: fc.nat(1), round: fc.nat(2), row: fc.nat(31), column: fc.nat(31) })

const backends = [createReferenceBackend()]
const rounds = await answerChallenge(challenge, backends)
const answer = toAnswer(rounds, challenge)
const transcript = transcriptRoot(rounds)
const picks = pickEntries(`0x${'02'.repeat(32)}`, challenge)
const openings = await openEntries(challenge, rounds, picks, backends)

test('an honest answer has no fault, by doing it again and by its picks', async () => {
  await fc.assert(
    fc.asyncProperty(bytes32, bytes32, async (seed, pickSeed) => {
      const asked = { ...challenge, seed }
      const made = await answerChallenge(asked, backends)
      const posted = transcriptRoot(made)
      const picked = pickEntries(pickSeed, asked)
      const opened = await openEntries(asked, made, picked, backends)
      // What crosses the wire comes back the same.
      const said = JSON.parse(JSON.stringify({ answer: toAnswer(made, asked), openings: opened }))
      expect(await findFault(asked, said.answer, { transcript: posted, backends })).toBeUndefined()
      const checked = { transcript: posted, picks: picked, openings: said.openings }
      expect(findPickedFault(asked, said.answer, checked)).toBeUndefined()
    }),
    { numRuns: 5 },
  )
})

test('the answer to another seed, chain, machine or audit is no answer', async () => {
  const other = { seed: `0x${'03'.repeat(32)}`, chainId: 1n, machineId: 8n, auditId: 10n } as const
  for (const key of ['seed', 'chainId', 'machineId', 'auditId'] as const) {
    const asked = { ...challenge, [key]: other[key] }
    expect((await findFault(asked, answer, { backends }))?.reason).toBe('round 0 of slot 0 has another root')
    expect((await findFault(asked, answer, { transcript, backends }))?.reason).toBe(
      'it is not the answer that was posted',
    )
    expect(findPickedFault(asked, answer, { transcript, picks, openings })?.reason).toBe(
      'it is not the answer that was posted',
    )
  }
})

test('slots swapped or work of one slot given for two is found', async () => {
  const [first = [], second = []] = answer.roots
  expect((await findFault(challenge, { roots: [second, first] }, { backends }))?.reason).toBe(
    'round 0 of slot 0 has another root',
  )
  expect((await findFault(challenge, { roots: [first, first] }, { backends }))?.reason).toBe(
    'round 0 of slot 1 has another root',
  )
})

test('one wrong entry is found by doing it again, at its round, and by its pick, with its proof', async () => {
  await fc.assert(
    fc.asyncProperty(entry, entry, async (wrong, right) => {
      const forged = forgeTranscript(challenge, [wrong])
      expect((await findFault(challenge, forged.answer, { transcript: forged.transcript, backends }))?.reason).toBe(
        `round ${wrong.round} of slot ${wrong.slot} has another root`,
      )
      const look = async (looked: PickedEntry[]) =>
        findPickedFault(challenge, forged.answer, { ...forged, picks: looked, openings: await forged.open(looked) })
      const isSame = JSON.stringify(right) === JSON.stringify(wrong)
      if (!isSame) expect(await look([right])).toBeUndefined()
      const fault = await look([right, wrong])
      expect(fault?.reason).toMatch(/is wrong$/)
      expect(fault?.proof?.round).toEqual(forged.rounds[wrong.slot * challenge.rounds + wrong.round])
      expect(fault?.proof).toMatchObject({ row: wrong.row, column: wrong.column })
    }),
    { numRuns: 15 },
  )
})

test('a wrong entry is proved though another is withheld', async () => {
  const wrong = { slot: 1, round: 2, row: 3, column: 4 }
  const forged = forgeTranscript(challenge, [wrong])
  const looked = [{ ...wrong, row: 5 }, wrong]
  const [, opening] = await forged.open(looked)
  const fault = findPickedFault(challenge, forged.answer, { ...forged, picks: looked, openings: [null, opening] })
  expect(fault?.proof).toBeDefined()
})

test('an opening that is missing, changed, of another place or cut short opens nothing', () => {
  const look = (changed: unknown[]) => findPickedFault(challenge, answer, { transcript, picks, openings: changed })
  const [first, second] = [openings[0], openings[1]]
  if (!first || !second) throw new Error('There are 128 openings')
  const notOpened = `entry ${picks[0]?.row}, ${picks[0]?.column} in round ${picks[0]?.round} of slot 0 is not opened`
  const flipped = `0x${first.leaf.endsWith('0') ? `${first.leaf.slice(2, -1)}1` : `${first.leaf.slice(2, -1)}0`}`
  const bad = [
    null,
    { ...first, leaf: flipped },
    { ...first, leaf: first.leaf.slice(0, -2) },
    { ...first, leaf: first.leaf.toUpperCase() },
    { ...first, leafPath: first.leafPath.slice(1) },
    { ...first, leafPath: [...first.leafPath, first.leafPath[0]] },
    { ...first, leafPath: first.leafPath.toReversed() },
  ]
  for (const opening of bad) expect(look(openings.with(0, opening as never))).toEqual({ reason: notOpened })
  expect(look(openings.slice(1))?.reason).toBe('it has not one opening for each of 128 picks')
})

test('whatever a peer sends is judged, never thrown on', async () => {
  const junk = fc.anything()
  await fc.assert(
    fc.asyncProperty(junk, junk, async (one, other) => {
      expect((await findFault(challenge, one, { backends }))?.reason).toBeTypeOf('string')
      expect((await findFault(challenge, { roots: [one, other] }, { backends }))?.reason).toBeTypeOf('string')
      const said = { transcript, picks: picks.slice(0, 1) }
      expect(findPickedFault(challenge, answer, { ...said, openings: [one] })?.reason).toBeTypeOf('string')
      const opening = { leaf: one, leafPath: [other] }
      expect(findPickedFault(challenge, answer, { ...said, openings: [opening] })?.reason).toBeTypeOf('string')
    }),
  )
})

test('a challenge of another shape is refused', async () => {
  await expect(answerChallenge({ ...challenge, seed: '0x12' }, backends)).rejects.toThrowErrorMatchingInlineSnapshot(
    `[Proof.InvalidSeedError: Cannot make the challenge: the seed is "0x12", expected 32 bytes of lower-case hex]`,
  )
  await expect(answerChallenge({ ...challenge, n: 48 }, backends)).rejects.toThrowErrorMatchingInlineSnapshot(
    `[Proof.InvalidSizeError: Cannot make the challenge: n is 48, expected a power of two from 16 to 32768]`,
  )
  await expect(findFault({ ...challenge, rounds: 0 }, answer, { backends })).rejects.toThrowErrorMatchingInlineSnapshot(
    `[Proof.InvalidSizeError: Cannot make the challenge: rounds is 0, expected 1 to 65535]`,
  )
  for (const n of [8, 65_536, Number.NaN])
    await expect(answerChallenge({ ...challenge, n }, backends)).rejects.toThrow('n is')
  for (const slots of [0, 256, 1.5])
    await expect(findFault({ ...challenge, slots }, answer, { backends })).rejects.toThrow('slots is')
})

test('the work of a challenge is counted for each slot', () => {
  expect(multiplyAddsOf(challenge)).toBe(32 ** 3 * 3)
})

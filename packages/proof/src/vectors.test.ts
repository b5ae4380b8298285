import { expect, test } from 'vitest'
import { answerChallenge } from './answerChallenge.ts'
import type { Challenge } from './challenge.ts'
import { findPickedFault } from './findFault.ts'
import { type Hex, toBytes, toHex } from './hex.ts'
import { makeEntry } from './matrix.ts'
import { openEntries } from './openEntries.ts'
import { pickEntries } from './pickEntries.ts'
import { createReferenceBackend } from './referenceBackend.ts'
import { forgeTranscript } from './testing/index.ts'
import { roundPath, transcriptRoot } from './transcript.ts'
import { findWalkFault } from './walk/findWalkFault.ts'
import { makeCell, startLane, walkKey } from './walk/lane.ts'
import { pickSegments } from './walk/pickSegments.ts'
import type { WalkSize } from './walk/walkSize.ts'

const backend = createReferenceBackend()

const pickSeed: Hex = `0x${'5e'.repeat(32)}`
const challenges: Challenge[] = [
  { n: 16, rounds: 1, slots: 1, seed: `0x${'00'.repeat(32)}`, chainId: 1n, machineId: 1n, auditId: 1n },
  { n: 32, rounds: 2, slots: 1, seed: `0x${'a1'.repeat(32)}`, chainId: 31_337n, machineId: 42n, auditId: 1000n },
  { n: 64, rounds: 3, slots: 3, seed: `0x${'ff'.repeat(32)}`, chainId: 2n ** 64n, machineId: 2n ** 200n, auditId: 2n },
]

/** As the ledger's tests read it: flat lists, numbers as decimal text. */
async function describe(challenge: Challenge) {
  const rounds = await answerChallenge(challenge, [backend])
  const picks = pickEntries(pickSeed, challenge)
  const opened = [0, 1, 2].map((k) => picks.at(-1 - k)).filter((pick) => pick !== undefined)
  const openings = await openEntries(challenge, rounds, opened, [backend])
  return {
    ...challenge,
    states: rounds.map(({ state }) => state),
    roots: rounds.map(({ root }) => root),
    transcript: transcriptRoot(rounds),
    roundPaths: rounds.map((_, index) => roundPath(rounds, index)),
    pickSeed,
    picks: picks.map(({ slot, round, row, column }) => [slot, round, row, column].join(' ')),
    openings: opened.map((pick, i) => ({
      ...pick,
      entry: makeEntry(toBytes(rounds[pick.slot * challenge.rounds + pick.round]?.state ?? '0x'), pick, challenge.n),
      ...openings[i],
    })),
  }
}

/** A forged transcript and what convicts its machine on the ledger. */
async function convict(challenge: Challenge) {
  const wrong = { slot: 2, round: 2, row: 63, column: 5 }
  const { answer, transcript, open } = forgeTranscript(challenge, [wrong])
  const fault = findPickedFault(challenge, answer, { transcript, picks: [wrong], openings: await open([wrong]) })
  return { n: challenge.n, rounds: challenge.rounds, slots: challenge.slots, transcript, ...fault?.proof }
}

const walks: WalkSize[] = [
  { cells: 64, hashes: 1, lanes: 1, segments: 1 },
  { cells: 1024, hashes: 2, lanes: 8, segments: 3 },
  { cells: 16_384, hashes: 5, lanes: 64, segments: 4 },
]

/** A walk of the second challenge's slot 0, by its parts: what a back end gets wrong shows where. */
async function describeWalk(size: WalkSize) {
  const [key, nonce] = [walkKey(challenges[1] as Challenge, 0), `0x${'77'.repeat(32)}` as Hex]
  const walk = await (await backend.fill(key, size)).walk(nonce, size)
  const picks = pickSegments(pickSeed, size)
  const lanes = picks.slice(0, 3).map(({ lane }) => lane)
  const openings = await walk.openLanes(picks.map(({ lane }) => lane))
  expect(findWalkFault({ key, nonce }, size, { root: walk.root, picks, openings })).toBeUndefined()
  return {
    ...{ key, nonce, size },
    cells: [0, 1, size.cells - 1].map((index) => toHex(makeCell(key, index, size.hashes))),
    starts: [0, size.lanes - 1].map((lane) => startLane({ key, nonce }, lane)),
    root: walk.root,
    picks: picks.map(({ lane, segment }) => `${lane} ${segment}`),
    ...{ lanes, openings: openings.slice(0, 3) },
  }
}

test('the numbers of today are the numbers of tomorrow, and those of the ledger', async () => {
  const vectors = {
    pickSeed,
    challenges: await Promise.all(challenges.map(describe)),
    forged: await convict(challenges[2] as Challenge),
    walks: await Promise.all(walks.map(describeWalk)),
  }
  const asText = (_: string, value: unknown) => (typeof value === 'bigint' ? value.toString() : value)
  await expect(`${JSON.stringify(vectors, asText, 2)}\n`).toMatchFileSnapshot('../vectors/proof.json')
})

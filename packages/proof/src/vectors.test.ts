import { expect, test } from 'vitest'
import { answerChallenge } from './answerChallenge.ts'
import type { Challenge } from './challenge.ts'
import { findPickedFault } from './findFault.ts'
import { type Hex, toBytes } from './hex.ts'
import { makeEntry } from './matrix.ts'
import { openEntries } from './openEntries.ts'
import { pickEntries } from './pickEntries.ts'
import { forgeTranscript } from './testing/index.ts'
import { roundPath, transcriptRoot } from './transcript.ts'

const pickSeed: Hex = `0x${'5e'.repeat(32)}`
const challenges: Challenge[] = [
  { n: 16, rounds: 1, slots: 1, seed: `0x${'00'.repeat(32)}`, chainId: 1n, machineId: 1n, auditId: 1n },
  { n: 32, rounds: 2, slots: 1, seed: `0x${'a1'.repeat(32)}`, chainId: 31_337n, machineId: 42n, auditId: 1000n },
  { n: 64, rounds: 3, slots: 3, seed: `0x${'ff'.repeat(32)}`, chainId: 2n ** 64n, machineId: 2n ** 200n, auditId: 2n },
]

/** As the ledger's tests read it: flat lists, numbers as decimal text. */
function describe(challenge: Challenge) {
  const rounds = answerChallenge(challenge)
  const picks = pickEntries(pickSeed, challenge)
  const opened = [0, 1, 2].map((k) => picks.at(-1 - k)).filter((pick) => pick !== undefined)
  const openings = openEntries(challenge, rounds, opened)
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
function convict(challenge: Challenge) {
  const wrong = { slot: 2, round: 2, row: 63, column: 5 }
  const { answer, transcript, open } = forgeTranscript(challenge, [wrong])
  const fault = findPickedFault(challenge, answer, { transcript, picks: [wrong], openings: open([wrong]) })
  return { n: challenge.n, rounds: challenge.rounds, slots: challenge.slots, transcript, ...fault?.proof }
}

test('the numbers of today are the numbers of tomorrow, and those of the ledger', async () => {
  const vectors = { pickSeed, challenges: challenges.map(describe), forged: convict(challenges[2] as Challenge) }
  const asText = (_: string, value: unknown) => (typeof value === 'bigint' ? value.toString() : value)
  await expect(`${JSON.stringify(vectors, asText, 2)}\n`).toMatchFileSnapshot('../vectors/chain-mm.json')
})

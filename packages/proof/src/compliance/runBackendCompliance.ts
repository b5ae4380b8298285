import { describe, expect, onTestFinished, test } from 'vitest'
import { answerChallenge } from '../answerChallenge.ts'
import type { Backend } from '../Backend.ts'
import type { Challenge } from '../challenge.ts'
import { findPickedFault } from '../findFault.ts'
import type { Hex } from '../hex.ts'
import { openEntries } from '../openEntries.ts'
import { pickEntries } from '../pickEntries.ts'
import { createReferenceBackend } from '../referenceBackend.ts'
import { toAnswer } from '../rounds.ts'
import { transcriptRoot } from '../transcript.ts'
import { findWalkFault } from '../walk/findWalkFault.ts'
import { pickSegments } from '../walk/pickSegments.ts'
import { vectorChecks } from './vectorChecks.ts'

/**
 * Declares the tests that every back end passes, in a test file of the back end's own.
 *
 * @param unavailable Why none can run on this machine; null when they can.
 */
export function runBackendCompliance({ name, create, unavailable = null }: runBackendCompliance.Options): void {
  const open = async () => {
    const backend = await create()
    onTestFinished(() => backend.close())
    return backend
  }
  describe.skipIf(unavailable !== null)(`back end ${name}${unavailable ? ` (${unavailable})` : ''}`, () => {
    for (const check of vectorChecks) test(check.name, async () => check.run(await open()))

    test.each([16, 32, 128, 256, 512])('a product of size %i is that of the reference', async (n) => {
      const [backend, reference] = [await open(), createReferenceBackend()]
      const state: Hex = `0x${'9c'.repeat(32)}`
      expect(await backend.productRoot(state, n)).toBe(await reference.productRoot(state, n))
      const leaves = [...new Set([0, 1, (n * n) / 512, (n * n) / 256 - 1].map(Math.floor))].filter(
        (at) => at < (n * n) / 256,
      )
      expect(await backend.openProduct(state, n, leaves)).toEqual(await reference.openProduct(state, n, leaves))
    })

    test('what it answers has no fault', async () => {
      const backend = await open()
      const challenge: Challenge = { n: 64, rounds: 4, slots: 2, seed, chainId: 5n, machineId: 6n, auditId: 7n }
      const rounds = await answerChallenge(challenge, [backend])
      const [picks, transcript] = [pickEntries(seed, challenge), transcriptRoot(rounds)]
      const openings = await openEntries(challenge, rounds, picks, [backend])
      const said = { transcript, picks, openings }
      expect(findPickedFault(challenge, toAnswer(rounds, challenge), said)).toBeUndefined()
    })

    test.each([
      { cells: 64, hashes: 1, lanes: 1, segments: 1 },
      { cells: 4096, hashes: 3, lanes: 32, segments: 5 },
      { cells: 2 ** 16, hashes: 1, lanes: 256, segments: 2 },
      { cells: 512, hashes: 40, lanes: 2, segments: 1 },
    ])('a walk through $cells cells of $hashes hashes has no fault', async (size) => {
      const backend = await open()
      const names = { key: seed, nonce: `0x${'17'.repeat(32)}` as Hex }
      const memory = await backend.fill(names.key, size)
      const first = await memory.walk(names.nonce, size)
      const second = await memory.walk(seed, size)
      expect(second.root).not.toBe(first.root)
      const picks = pickSegments(seed, size)
      const openings = await first.openLanes(picks.map(({ lane }) => lane))
      expect(findWalkFault(names, size, { root: first.root, picks, openings })).toBeUndefined()
      await memory.free()
    })
  })
}

export declare namespace runBackendCompliance {
  type Options = { name: string; create: () => Promise<Backend>; unavailable?: string | null | undefined }
}

const seed: Hex = `0x${'3b'.repeat(32)}`

import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Challenge } from './challenge.ts'
import { huntFault } from './huntFault.ts'
import { leafIndex } from './product.ts'
import { createReferenceBackend } from './referenceBackend.ts'
import { forgeTranscript } from './testing/index.ts'

const challenge: Challenge = {
  n: 64,
  rounds: 2,
  slots: 2,
  seed: `0x${'07'.repeat(32)}`,
  chainId: 1n,
  machineId: 2n,
  auditId: 3n,
}
const backend = createReferenceBackend()
const entry = fc.record({ slot: fc.nat(1), round: fc.nat(1), row: fc.nat(63), column: fc.nat(63) })

test('wherever a single entry is wrong, its machine leads to it in few openings', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(entry, { minLength: 1, maxLength: 3 }), async (wrong) => {
      const forged = forgeTranscript(challenge, wrong)
      let opened = 0
      const fault = await huntFault(challenge, forged.answer, {
        ...{ transcript: forged.transcript, indices: [0, 1, 2, 3], backend },
        async openLeaf({ slot, round }, leaf) {
          opened++
          const at = { slot, round, row: Math.floor((leaf * 256) / 64), column: (leaf * 256) % 64 }
          expect(leafIndex(at, 64)).toBe(leaf)
          return (await forged.open([at]))[0]
        },
      })
      const proof = fault?.proof
      const { slot, round } = proof?.round ?? {}
      expect(wrong).toContainEqual({ slot, round, row: proof?.row, column: proof?.column })
      expect(opened).toBeLessThanOrEqual(5)
    }),
    { numRuns: 20 },
  )
})

test('honest work, and rounds that are not looked at, have no fault', async () => {
  const honest = forgeTranscript(challenge, [])
  const openLeaf = async () => null
  const look = { transcript: honest.transcript, indices: [0, 1, 2, 3], backend, openLeaf }
  expect(await huntFault(challenge, honest.answer, look)).toBeUndefined()
  const forged = forgeTranscript(challenge, [{ slot: 1, round: 1, row: 5, column: 5 }])
  const other = { ...look, transcript: forged.transcript, indices: [0, 1, 2] }
  expect(await huntFault(challenge, forged.answer, other)).toBeUndefined()
})

test('a machine that shows nothing, or something else, is not convicted', async () => {
  const forged = forgeTranscript(challenge, [{ slot: 0, round: 1, row: 50, column: 5 }])
  const honest = forgeTranscript(challenge, [])
  const hunt = (openLeaf: huntFault.Options['openLeaf']) =>
    huntFault(challenge, forged.answer, { transcript: forged.transcript, indices: [1], backend, openLeaf })
  const none = { reason: 'round 1 of slot 0 has another root, and it does not show where' }
  expect(await hunt(async () => null)).toEqual(none)
  expect(await hunt(async (_, leaf) => (await honest.open([{ slot: 0, round: 1, row: 0, column: leaf }]))[0])).toEqual(
    none,
  )
  expect(await hunt(async () => ({ leaf: '0x', leafPath: 'none' }))).toEqual(none)
})

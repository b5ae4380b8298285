import {
  answerChallenge,
  type Challenge,
  createReferenceBackend,
  findPickedFault,
  type Hex,
  openEntries,
  pickEntries,
  toAnswer,
  transcriptRoot,
} from '@hotaru/proof'
import { runBackendCompliance } from '@hotaru/proof/compliance'
import { expect, onTestFinished, test } from 'vitest'
import { createCpuBackend } from './createCpuBackend.ts'

for (const threads of [1, 2])
  runBackendCompliance({ name: `wasm on ${threads} threads`, create: async () => createCpuBackend({ threads }) })

const state: Hex = `0x${'5d'.repeat(32)}`

function open(threads = 2) {
  const backend = createCpuBackend({ threads })
  onTestFinished(() => backend.close())
  return backend
}

test('more threads than strips of a product, and calls that come together', async () => {
  const [backend, reference] = [open(3), createReferenceBackend()]
  const sizes = [128, 64, 16, 128]
  const roots = await Promise.all(sizes.map((n) => backend.productRoot(state, n)))
  expect(roots).toEqual(await Promise.all(sizes.map((n) => reference.productRoot(state, n))))
})

test('leaves come in the order asked, twice when asked twice', async () => {
  const [backend, leaves] = [open(), [200, 3, 200, 67]]
  expect(await backend.openProduct(state, 256, leaves)).toEqual(
    await createReferenceBackend().openProduct(state, 256, leaves),
  )
})

test('sums that are longer than a tile is deep', async () => {
  const backend = open()
  const challenge: Challenge = { n: 4096, rounds: 1, slots: 1, seed: state, chainId: 1n, machineId: 2n, auditId: 3n }
  const rounds = await answerChallenge(challenge, [backend])
  const picks = pickEntries(state, challenge)
  const said = {
    transcript: transcriptRoot(rounds),
    picks,
    openings: await openEntries(challenge, rounds, picks, [backend]),
  }
  expect(findPickedFault(challenge, toAnswer(rounds, challenge), said)).toBeUndefined()
})

test('a closed back end refuses what it was doing, what waits, and what comes', async () => {
  const backend = open()
  const filling = backend.fill(state, deep)
  // Threads of their own make this product: when it is there, those of the memory are at work.
  await backend.productRoot(state, 16)
  const working = [filling, backend.productRoot(state, 1024)]
  const refused = expect(Promise.allSettled(working)).resolves.toMatchObject(
    working.map(() => ({ status: 'rejected', reason: { name: 'Prover.ClosedError' } })),
  )
  await backend.close()
  await refused
  await expect(backend.productRoot(state, 16)).rejects.toMatchObject({ name: 'Prover.ClosedError' })
  await expect(backend.fill(state, { cells: 64, hashes: 1 })).rejects.toMatchObject({ name: 'Prover.ClosedError' })
})

/** Hours of work. */
const deep = { cells: 2 ** 20, hashes: 65_535 }

test('memory that was freed is walked no more; another is not touched', async () => {
  const [backend, size, lanes] = [open(), { cells: 1024, hashes: 1 }, { lanes: 64, segments: 1 }]
  const [freed, kept] = await Promise.all([backend.fill(state, size), backend.fill(state, size)])
  const before = await kept.walk(state, lanes)
  await freed.free()
  await expect(freed.walk(state, lanes)).rejects.toMatchObject({ name: 'Prover.ClosedError' })
  expect((await kept.walk(state, lanes)).root).toBe(before.root)
})

test('cells, and lanes, that one memory cannot hold', async () => {
  const backend = open()
  await expect(backend.fill(state, { cells: 2 ** 27, hashes: 1 })).rejects.toThrowErrorMatchingInlineSnapshot(
    `[Prover.MemoryError: Cannot do the work: it needs 4294971520 bytes of memory, expected at most 4294901760 and as many free]`,
  )
  const memory = await backend.fill(state, { cells: 64, hashes: 1 })
  await expect(memory.walk(state, { lanes: 2 ** 20, segments: 1024 })).rejects.toMatchObject({
    name: 'Prover.MemoryError',
  })
  await expect(memory.walk(state, { lanes: 3, segments: 1 })).rejects.toMatchObject({ name: 'Proof.InvalidSizeError' })
})

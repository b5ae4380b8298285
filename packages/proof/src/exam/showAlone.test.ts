import { createManualClock } from '@hotaru/base'
import { expect, test } from 'vitest'
import type { Backend } from '../Backend.ts'
import type { Hex } from '../hex.ts'
import { createReferenceBackend } from '../referenceBackend.ts'
import { createPacedBackend } from '../testing/index.ts'
import { findAloneFault } from './findAloneFault.ts'
import { type AloneAsked, showAlone } from './showAlone.ts'

const nonce: Hex = `0x${'5a'.repeat(32)}`
const size = { n: 32, rounds: 4, cells: 2 ** 10, hashes: 2, lanes: 64, segments: 2 }
const asked: AloneAsked = { nonce, chainId: 5n, machineId: 6n, ...size }
const clock = createManualClock()

/** What a back end shows, and the roots that it committed to, in their order. */
async function show(backend: Backend) {
  const roots: Hex[] = []
  const shown = await showAlone(asked, { backend, clock, commit: (_, root) => roots.push(root) })
  return { shown, roots }
}

test('honest work has no fault; its roots are said first, and its times are those of the device', async () => {
  const device = { multiplyAddsPerSecond: 32 ** 3, hashesPerSecond: 1024, readsPerSecond: 4096 }
  const { shown, roots } = await show(createPacedBackend(device, clock))
  expect(findAloneFault(asked, shown)).toEqual({ transcript: roots[0] })
  expect(roots).toEqual([expect.any(String), shown.walkRoot])
  expect(shown.sprintMs).toBeCloseTo(4000, 6)
  expect(shown.walkMs).toBeCloseTo(2000, 6)
})

test('products of other states, and memory of half the cells, are faults', async () => {
  const honest = createReferenceBackend()
  const turn = (state: Hex): Hex => `0x${[...state.slice(2)].reverse().join('')}`
  const lying: Backend = {
    ...honest,
    productRoot: (state, n) => honest.productRoot(turn(state), n),
    openProduct: (state, n, leaves) => honest.openProduct(turn(state), n, leaves),
  }
  expect(findAloneFault(asked, (await show(lying)).shown)).toMatchObject({
    fault: { reason: expect.stringMatching(/^entry .* is wrong$/) },
  })
  const small: Backend = { ...honest, fill: (key, { cells, hashes }) => honest.fill(key, { cells: cells / 2, hashes }) }
  expect(findAloneFault(asked, (await show(small)).shown)).toMatchObject({
    fault: { reason: expect.stringMatching(/^its walk: segment .* is wrong$/) },
  })
})

test('what was shown for another nonce, machine or chain is a fault', async () => {
  const { shown } = await show(createReferenceBackend())
  for (const change of [{ nonce: `0x${'5b'.repeat(32)}` as const }, { machineId: 7n }, { chainId: 6n }])
    expect(findAloneFault({ ...asked, ...change }, shown)).toHaveProperty('fault')
  expect(findAloneFault(asked, { ...shown, walkRoot: 5 })).toHaveProperty('fault')
})

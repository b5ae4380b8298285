import { createManualClock } from '@hotaru/base'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Hex, toHex } from '../hex.ts'
import type { Round } from '../rounds.ts'
import { createPacedBackend, type Device } from '../testing/index.ts'
import { transcriptRoot } from '../transcript.ts'
import { createExaminee } from './createExaminee.ts'
import type { Examinee } from './Examinee.ts'
import { examine } from './examine.ts'

const asked = { slots: 1, seed: `0x${'11'.repeat(32)}` as Hex, chainId: 5n, machineId: 6n, auditId: 7n }
const device: Device = { multiplyAddsPerSecond: 6e7, hashesPerSecond: 2e4, readsPerSecond: 1e5 }
const plan = { targetMs: 1000, maxMemoryBytes: 2 ** 17, hashes: { cpu: 4, gpu: 8 } }

/** A machine of one device with its examiner; `change` makes it another than an honest one. */
function stage(change: (honest: Examinee) => Partial<Examinee> = () => ({})) {
  const clock = createManualClock()
  let [posted, drawn]: [Hex | undefined, number] = [undefined, 0]
  const post = async (rounds: readonly Round[]) => {
    posted = transcriptRoot(rounds)
  }
  const challenge = { ...asked, n: 32, rounds: 3 }
  const honest = createExaminee(challenge, [createPacedBackend(device, clock)], { post, maxCells: 2 ** 11, maxN: 4096 })
  const random32 = () => toHex(new Uint8Array(32).fill(++drawn))
  const ledger = { n: 32, rounds: 3, transcript: async () => posted, pickSeed: async () => random32() }
  const run = () => examine({ ...honest, ...change(honest) }, asked, { posted: ledger, plan, clock, random32 })
  return { run, honest, clock }
}

test('an honest machine is measured as what it is', async () => {
  const outcome = await stage().run()
  if ('fault' in outcome) throw new Error(outcome.fault.reason)
  const { multiplyAddsPerSecond, memoryBytes, stepsPerSecond } = outcome.measured
  expect(multiplyAddsPerSecond).toBeCloseTo(6e7, -2)
  expect(stepsPerSecond).toBeCloseTo(1e5, 0)
  // 2¹¹ cells of 32 bytes; what is not proved could have been made, at 6e7 / 8192 hashes a second, among 1e5 cells of 4.
  expect(memoryBytes).toBeCloseTo(2 ** 16 * (1 - 6e7 / 8192 / 4e5), -1)
})

test('what it did before it was asked counts for nothing', async () => {
  const { run, honest, clock } = stage()
  await honest.record()
  const before = clock.monotonicMs()
  const outcome = await run()
  expect(outcome).toMatchObject({ measured: { multiplyAddsPerSecond: expect.closeTo(6e7, -2) } })
  expect(before).toBeGreaterThan(0)
})

test('work of another nonce, or a walk that is not opened, is a fault', async () => {
  const old = stage((honest) => ({ sprint: (sprint) => honest.sprint({ ...sprint, nonce }) }))
  expect(await old.run()).toEqual({ fault: { reason: 'it has not one opening for each of 64 picks' } })
  const stale = stage((honest) => ({
    sprint: (sprint) => honest.sprint({ ...sprint, nonce }),
    openSprint: (_, pickSeed) => honest.openSprint(nonce, pickSeed),
  }))
  expect(await stale.run()).toMatchObject({ fault: { reason: expect.stringMatching(/^entry .* is wrong$/) } })
  const shut = stage(() => ({ openWalk: async () => new Uint8Array() }))
  expect(await shut.run()).toMatchObject({ fault: { reason: expect.stringContaining('the walk of slot 0') } })
})

test('whatever it says is judged, never thrown on', async () => {
  const verbs = ['record', 'sprint', 'fill', 'walk'] as const
  const bytes = ['openRecord', 'openSprint', 'openWalk'] as const
  const lie = fc.oneof(
    fc.tuple(fc.constantFrom(...verbs), fc.anything()),
    fc.tuple(fc.constantFrom(...bytes), fc.uint8Array({ maxLength: 5000 })),
  )
  await fc.assert(
    fc.asyncProperty(lie, async ([verb, value]) => {
      const outcome = await stage(() => ({ [verb]: async () => value })).run()
      expect('fault' in outcome || (verb === 'fill' && outcome.measured.memoryBytes >= 0)).toBe(true)
    }),
    { numRuns: 25 },
  )
})

test('a device that has not so much memory fills half of it, and half again', async () => {
  const paced = createPacedBackend(device, createManualClock())
  const asked: number[] = []
  const small = {
    ...paced,
    async fill(key: Hex, size: { cells: number; hashes: number }) {
      asked.push(size.cells)
      if (size.cells > 2 ** 11) throw new RangeError('There is not so much memory')
      return paced.fill(key, size)
    },
  }
  const challenge = { seed: nonce, chainId: 5n, machineId: 6n, auditId: 7n, n: 32, rounds: 3, slots: 1 }
  const machine = createExaminee(challenge, [small], { post: async () => {}, maxCells: 2 ** 20 })
  expect(await machine.fill({ cells: 2 ** 13, hashes: 1 })).toBe(2 ** 11)
  expect(await machine.fill({ cells: 2 ** 13, hashes: 1 })).toBe(2 ** 11)
  expect(asked).toEqual([2 ** 13, 2 ** 12, 2 ** 11])
  expect(await machine.walk({ nonce, lanes: 4, segments: 1 })).toHaveLength(1)
  const none = createExaminee(challenge, [{ ...small, fill: () => Promise.reject(new RangeError('There is none')) }], {
    post: async () => {},
    maxCells: 2 ** 20,
  })
  await expect(none.fill({ cells: 2 ** 13, hashes: 1 })).rejects.toThrow('There is none')
})

const nonce: Hex = `0x${'99'.repeat(32)}`

import type { Machine } from '@hotaru/protocol'
import { createFakeMachine } from '@hotaru/sdk/testing'
import { generatePrivateKey } from 'viem/accounts'
import { expect, test } from 'vitest'
import { chooseMachine } from './chooseMachine.ts'
import { drawWaitMs } from './drawWaitMs.ts'

const nowSeconds = Math.floor(Date.now() / 1000)
const base = { targetMs: 10_000, leftUsd: 10n ** 9n, nowSeconds }
const create = (id: bigint, changes: Partial<Machine> = {}) =>
  createFakeMachine(generatePrivateKey(), { id, ...changes })

test('each machine with a class in force and a free slot is as likely as another, and no other is chosen', () => {
  const machines = [
    create(1n),
    create(2n, { class: undefined }),
    create(3n),
    create(4n, { classValidUntil: nowSeconds - 1 }),
    create(5n, { busySlots: 1n }),
    create(6n, { state: 'paused' }),
    create(7n),
  ]
  const chosen = Array.from({ length: 9 }, (_, at) => chooseMachine(machines, { ...base, random: () => at / 9 }))
  expect(chosen.map((one) => one?.machine.id)).toEqual([1n, 1n, 1n, 3n, 3n, 3n, 7n, 7n, 7n])
  expect(chooseMachine([], { ...base, random: () => 0 })).toBeUndefined()
})

test('a lease is as short as the offer and the visit let it be, and not dearer than what is left', () => {
  const offer = { usdPerSlotHour: 3_600_000n, minSeconds: 60, maxSeconds: 86_400, tier: 'container' } as const
  const choose = (changes: Partial<typeof offer>, leftUsd = base.leftUsd) =>
    chooseMachine([create(1n, { offer: { ...offer, ...changes } as typeof offer })], {
      ...base,
      leftUsd,
      random: () => 0,
    })
  // Eight sprints of ten seconds, and a minute around them; a dollar buys a thousand seconds.
  expect(choose({})).toMatchObject({ seconds: 140, worstUsd: 140_001n })
  expect(choose({ minSeconds: 600 as 60 })?.seconds).toBe(600)
  expect(choose({ maxSeconds: 139 as 86_400 })).toBeUndefined()
  expect(choose({}, 140_001n)?.seconds).toBe(140)
  expect(choose({}, 140_000n)).toBeUndefined()
})

test('waits are exponential: so many on average, and as many below their mean as chance has it', () => {
  const waits = Array.from({ length: 100_000 }, (_, at) => drawWaitMs(60, () => (at + 0.5) / 100_000))
  const mean = waits.reduce((sum, waitMs) => sum + waitMs, 0) / waits.length
  expect(mean / 60_000).toBeCloseTo(1, 3)
  expect(waits.filter((waitMs) => waitMs < 60_000).length / waits.length).toBeCloseTo(1 - Math.exp(-1), 3)
  expect(drawWaitMs(7 * 24 * 3600, () => 1 - 2 ** -48)).toBe(2 ** 31 - 1)
})

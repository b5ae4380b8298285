import { type Machine, tiers } from '@hotaru/protocol'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { judgeOffer, pickSlots } from './judgeOffer.ts'
import { rankOffers } from './rankOffers.ts'

const now = 1_800_000_000

function machine(id: bigint, changes: Partial<Machine> = {}, offer: Partial<Machine['offer']> = {}): Machine {
  return {
    id,
    owner: '0x0000000000000000000000000000000000000001',
    key: '0x0000000000000000000000000000000000000002',
    state: 'online',
    slots: 1,
    lastSeen: now - 60,
    offer: { usdPerSlotHour: 100_000n, minSeconds: 60, maxSeconds: 86_400, tier: 'container', ...offer },
    offerHash: '0x00',
    endpoint: '/ip4/127.0.0.1/tcp/1',
    claim: '{}',
    points: 1,
    maintenance: { from: 0, until: 0 },
    class: { kind: 'cpu', computeBand: 57, memoryBand: 68, slots: 1 },
    classValidUntil: now + 3600,
    busySlots: 0n,
    ...changes,
  }
}

describe('rankOffers', () => {
  test('the cheapest comes first, equal prices by number', () => {
    const machines = [machine(3n), machine(2n), machine(1n, {}, { usdPerSlotHour: 200_000n })]
    expect(rankOffers(machines, {}, now).fitting.map((ranked) => ranked.machine.id)).toEqual([2n, 3n, 1n])
  })

  test('says word for word that only the price stands between', () => {
    const machines = [1n, 2n, 3n].map((id) => machine(id, {}, { usdPerSlotHour: 110_000n + id * 10_000n }))
    expect(rankOffers(machines, { maxUsdPerSlotHour: 100_000n }, now).why).toEqual([
      '3 machines fit but for the price: the cheapest asks $0.12, you offered $0.10',
    ])
  })

  test('every criterion has its sentence, what can be changed first', () => {
    const machines = [
      machine(1n, { state: 'paused' }),
      machine(2n, { classValidUntil: now - 1 }),
      machine(3n, {}, { tier: 'process' }),
      machine(4n, { busySlots: 1n }),
      machine(5n, {}, { maxSeconds: 1800 }),
      machine(6n, {}, { usdPerSlotHour: 300_000n }),
      machine(7n, { class: { kind: 'gpu', computeBand: 1, memoryBand: 1, slots: 1 } }),
      machine(8n, { state: 'exited', class: undefined }, { usdPerSlotHour: 900_000n }),
    ]
    const wish = { kind: 'cpu', slots: 1, maxUsdPerSlotHour: 200_000n, tier: 'container', minSeconds: 3600 } as const
    const { fitting, why } = rankOffers(machines, wish, now)
    expect(fitting).toEqual([])
    expect(why).toMatchInlineSnapshot(`
      [
        "1 machine fits but for the price: it asks $0.30, you offered $0.20",
        "1 machine fits but for the time: it leases for 1m to 30m, you want 1h",
        "1 machine fits but for free slots: it has 0, you want 1",
        "1 machine fits but for the wall around workloads: it has "process", you want "container"",
        "1 machine fits but for the kind: it is not measured as "cpu"",
        "1 machine fits but for a fresh audit: no verifier vouches for it now",
        "1 machine fits but for being online: it is paused or was not heard of lately",
        "1 more machine lacks several things: being online, a fresh audit, the price",
      ]
    `)
  })

  test('a machine that was asked for by number says what it lacks', () => {
    const machines = [machine(1n), machine(2n, { state: 'paused', busySlots: 1n })]
    expect(rankOffers(machines, { machineId: 2n }, now).why).toMatchInlineSnapshot(`
      [
        "machine 2 is paused",
        "machine 2 has 0 of 1 slots free, you want 1",
      ]
    `)
    expect(rankOffers(machines, { machineId: 9n }, now).why).toMatchInlineSnapshot(`
      [
        "machine 9 is not registered on this network",
      ]
    `)
    expect(rankOffers([], {}, now).why).toMatchInlineSnapshot(`
      [
        "no machine is registered on this network",
      ]
    `)
  })

  test('a machine silent for an hour does not fit', () => {
    expect(judgeOffer(machine(1n, { lastSeen: now - 3600 }), {}, now).filter((reason) => !reason.fits)).toEqual([
      { criterion: 'online', fits: false, text: 'was seen 1h ago' },
    ])
  })

  const anyMachine = fc
    .record({
      id: fc.bigInt({ min: 1n, max: 50n }),
      slots: fc.integer({ min: 1, max: 8 }),
      busySlots: fc.bigInt({ min: 0n, max: 255n }),
      usdPerSlotHour: fc.bigInt({ min: 1n, max: 9n }).map((cents) => cents * 10_000n),
      tier: fc.constantFrom(...tiers),
      state: fc.constantFrom('online' as const, 'paused' as const),
    })
    .map(({ id, slots, busySlots, usdPerSlotHour, tier, state }) =>
      machine(id, { slots, busySlots: busySlots & ((1n << BigInt(slots)) - 1n), state }, { usdPerSlotHour, tier }),
    )
  const anyWish = fc.record(
    {
      slots: fc.integer({ min: 1, max: 8 }),
      maxUsdPerSlotHour: fc.bigInt({ min: 1n, max: 90_000n }),
      tier: fc.constantFrom(...tiers),
    },
    { requiredKeys: [] },
  )
  const anyMachines = fc.uniqueArray(anyMachine, { selector: ({ id }) => id, maxLength: 20 })

  test('loses no machine, ignores the order of arrival, and explains itself when nothing fits', () => {
    fc.assert(
      fc.property(anyMachines, anyWish, (machines, wish) => {
        const ranking = rankOffers(machines, wish, now)
        expect(ranking.fitting.length + ranking.missing.length).toBe(machines.length)
        expect(rankOffers([...machines].reverse(), wish, now)).toEqual(ranking)
        expect(ranking.why.length === 0).toBe(ranking.fitting.length > 0)
        for (const { machine } of ranking.fitting)
          expect(machine.offer.usdPerSlotHour <= (wish.maxUsdPerSlotHour ?? machine.offer.usdPerSlotHour)).toBe(true)
      }),
    )
  })

  test('picked slots are free, real and as many as asked for wherever the offer fits', () => {
    fc.assert(
      fc.property(anyMachine, fc.integer({ min: 1, max: 8 }), (machine, slots) => {
        const picked = pickSlots(machine, slots)
        expect(picked & machine.busySlots).toBe(0n)
        expect(picked < 1n << BigInt(machine.slots)).toBe(true)
        const fits = judgeOffer(machine, { slots }, now).find(({ criterion }) => criterion === 'slots')?.fits
        if (fits) expect([...picked.toString(2)].filter((bit) => bit === '1').length).toBe(slots)
      }),
    )
  })
})

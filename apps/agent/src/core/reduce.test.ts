import fc from 'fast-check'
import { expect, test } from 'vitest'
import { testDigest, testSettings, testWorkload } from '../testing/createWorld.ts'
import { type Effect, isBeginning, keyOf } from './Effect.ts'
import type { Event, Fact } from './Event.ts'
import { recall, toRecords } from './recall.ts'
import { reduce } from './reduce.ts'
import { initialState, type LedgerLease, type State } from './State.ts'

const handle = { driver: 'deno', taskId: 'test-1', state: { pid: 7 } }
const leaseId = fc.constantFrom('1', '2')
const gpu = { slot: 0, kind: 'gpu', name: 'card', id: 'gpu-0' } as const
const deno = { name: 'deno', healthy: true, reason: null, hint: null, devices: [gpu] }

const ledgerLease: fc.Arbitrary<LedgerLease> = fc.record({
  state: fc.constantFrom('none', 'open', 'running', 'ended', 'closed'),
  renter: fc.constant('0xabc'),
  slots: fc.constant([0]),
  durationSeconds: fc.integer({ min: 1, max: 100 }),
  unpaidFrom: fc.integer({ min: 1, max: 400 }),
  paidUntil: fc.integer({ min: 0, max: 500 }),
  accepted: fc.boolean(),
  workloadDigest: fc.constant(testDigest),
  openedBlock: fc.constant(1),
})
const exit = fc.constantFrom(
  { code: 0, reason: 'exited' } as const,
  { code: null, reason: 'lost' } as const,
  { code: null, reason: 'deadline' } as const,
)
const fact: fc.Arbitrary<Fact> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ type: fc.constant('leaseSeen' as const), leaseId, lease: fc.option(ledgerLease) }),
  },
  fc.record({ type: fc.constant('headSeen' as const), block: fc.nat(100), unixSeconds: fc.nat(500) }),
  fc.record({ type: fc.constant('manifestAccepted' as const), leaseId, manifest: fc.constant(testWorkload) }),
  fc.record({ type: fc.constant('directoryReady' as const), leaseId, received: fc.constant(['a'.repeat(64)]) }),
  fc.record({ type: fc.constantFrom('runRequested' as const, 'stopRequested' as const), leaseId }),
  fc.record({ type: fc.constant('started' as const), leaseId, handle: fc.constant(handle) }),
  fc.record({ type: fc.constantFrom('devicesVerified' as const, 'wiped' as const), leaseId }),
  fc.record({ type: fc.constant('devicesMissing' as const), leaseId, reason: fc.constant('gone') }),
  fc.record({ type: fc.constant('exited' as const), leaseId, exit }),
  fc.record({ type: fc.constant('driversChecked' as const), drivers: fc.constantFrom([], [deno]) }),
)
const step = fc.oneof(
  { weight: 5, arbitrary: fact },
  fc.record({ type: fc.constant('tick' as const) }),
  fc.record({ type: fc.constant('journalChecked' as const), ok: fc.boolean() }),
  fc.constant('an outcome' as const),
)

/** Plays random events, and random outcomes of what the core asked for; calls back after each. */
function play(
  script: readonly { event: Event | 'an outcome'; passMs: number; pick: number }[],
  check: (before: State, effects: readonly Effect[], after: State) => void,
): void {
  let state = initialState('1')
  let nowMs = 0
  const asked: Effect[] = []
  for (const { event, passMs, pick } of script) {
    nowMs += passMs
    let next: Event = { type: 'tick' }
    if (event !== 'an outcome') next = event
    else if (asked.length > 0) {
      const [effect] = asked.splice(pick % asked.length, 1)
      if (effect)
        next =
          pick % 2
            ? { type: 'done', effect, facts: [] }
            : { type: 'failed', effect, reason: 'no', hopeless: pick % 4 === 0 }
    }
    const reaction = reduce(state, next, { nowMs, settings: testSettings })
    check(state, reaction.effects, reaction.state)
    asked.push(...reaction.effects)
    state = reaction.state
  }
}

const script = fc.array(fc.record({ event: step, passMs: fc.nat(20_000), pick: fc.nat(1000) }), {
  maxLength: 60,
  size: 'max',
})

test('whatever happens, nothing begins that no lease backs, and nothing is under way twice', () => {
  fc.assert(
    fc.property(script, (events) => {
      play(events, (before, effects, after) => {
        expect(new Set(effects.map(keyOf)).size).toBe(effects.length)
        for (const effect of effects) {
          expect(after.inFlight[keyOf(effect)]).toBe(true)
          if (!('leaseId' in effect)) continue
          const lease = after.leases[effect.leaseId]
          if (!after.machine.journalOk) expect(isBeginning(effect)).toBe(false)
          if (effect.type === 'startWorkload') {
            expect(lease).toMatchObject({ ledger: { state: 'open' }, runRequested: true, handle: null, wiped: false })
            expect(lease?.deadlineUnixMs).not.toBeNull()
          }
          if (effect.type === 'sendStart')
            expect(lease).toMatchObject({ devices: 'verified', ledger: { state: 'open' }, handle })
          if (effect.type === 'sendEnd') expect(['open', 'running']).toContain(lease?.ledger.state)
          if (effect.type === 'wipe') expect(['failed', 'over']).toContain(lease?.step)
        }
        expect(before.machine.id).toBe('1')
      })
    }),
    { numRuns: 300 },
  )
})

test('what the journal brings back is what was known', () => {
  fc.assert(
    fc.property(script, (events) => {
      play(events, (_before, _effects, after) => {
        const again = recall(initialState('1'), JSON.parse(JSON.stringify(toRecords(after))))
        for (const [id, lease] of Object.entries(after.leases))
          expect(again.leases[id]).toEqual({ ...lease, prepared: false, received: [], recovered: true })
        expect(Object.keys(again.leases)).toEqual(Object.keys(after.leases))
      })
    }),
    { numRuns: 50 },
  )
})

test('the journal is written exactly when something that must not be lost changed', () => {
  fc.assert(
    fc.property(script, (events) => {
      let replayed = initialState('1')
      let state = initialState('1')
      let nowMs = 0
      const records = []
      for (const { event, passMs } of events) {
        nowMs += passMs
        const next: Event = event === 'an outcome' ? { type: 'tick' } : event
        const reaction = reduce(state, next, { nowMs, settings: testSettings })
        records.push(...reaction.records)
        state = reaction.state
      }
      replayed = recall(replayed, records)
      for (const [id, lease] of Object.entries(state.leases)) {
        const { ledger, ...kept } = lease
        const { ledger: keptLedger, ...found } = replayed.leases[id] ?? lease
        expect(found).toEqual({ ...kept, prepared: false, received: [], recovered: true })
        expect(keptLedger.state).toBe(ledger.state)
      }
    }),
    { numRuns: 100 },
  )
})

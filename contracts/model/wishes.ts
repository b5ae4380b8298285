import fc from 'fast-check'
import type { Terms } from './LeaseModel.ts'

/** What chance says before it is known which leases there will be: numbers that `resolveWish` makes commands of. */
export type Wish =
  | { kind: 'travel'; seconds: number }
  /** Around the second in which a window of some lease closes. */
  | { kind: 'edge'; lease: number; offset: number; act: 'start' | 'end' | 'close' | 'settle' | 'reject' }
  | {
      kind: 'open'
      machine: number
      slots: number
      seconds: number
      by: number
      preemptible: boolean
      fee: number
      odd: Odd
      start: boolean
    }
  | { kind: 'openOver'; lease: number; slots: number; seconds: number; by: number; odd: Odd; cancel: boolean }
  | { kind: 'start' | 'end' | 'preempt' | 'close' | 'settle' | 'reject'; lease: number; wrong: boolean }
  | { kind: 'extend'; lease: number; seconds: number; wrong: boolean }
  | { kind: 'withdraw'; purse: number }
  | { kind: 'burn' }
  | { kind: 'beat' | 'sell'; machine: number }
  | { kind: 'offer'; machine: number; terms: Terms }
  | { kind: 'price'; usdPerToken: number }
  | { kind: 'audit'; machine: number; slots: number }
export type Odd = 'none' | 'oldTerms' | 'lowRate' | 'unprepared'

const lease = fc.nat(1000)
const machine = fc.nat(1)
const wrong = fc.integer({ min: 0, max: 9 }).map((roll) => roll === 0)
const slots = fc.integer({ min: 1, max: 15 })
const by = fc.nat(2)
const odd = fc.oneof(
  { weight: 12, arbitrary: fc.constant('none' as const) },
  { weight: 1, arbitrary: fc.constantFrom('oldTerms' as const, 'lowRate' as const, 'unprepared' as const) },
)
/** Short leases end within a few steps; long ones are more than a renter can pay. */
const duration = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 60, max: 1500 }) },
  { weight: 3, arbitrary: fc.integer({ min: 1500, max: 20_000 }) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 90_000 }) },
)
const price = fc.oneof(
  fc.constant(0),
  fc.constant(1),
  fc.integer({ min: 1, max: 900_000 }),
  fc.integer({ min: 1, max: 900_000 }),
)
const terms = fc
  .record({
    usd: price,
    preemptibleUsd: price,
    preemptible: fc.integer({ min: 0, max: 3 }).map((roll) => roll > 0),
    longest: duration,
  })
  .map(({ usd, preemptibleUsd, preemptible, longest }) => ({
    ...{ usdPerSlotHour: BigInt(usd), preemptibleUsdPerSlotHour: BigInt(preemptibleUsd) },
    // An offer has to offer something.
    ...{ preemptible: preemptible || usd === 0, minSeconds: 60, maxSeconds: 5000 + longest },
  }))

const wishes = {
  open: fc.record({
    ...{ kind: fc.constant('open' as const), machine, slots, seconds: duration, by, preemptible: fc.boolean() },
    ...{
      fee: fc.oneof(fc.constant(-1), fc.integer({ min: 0, max: 1001 })),
      odd,
      start: fc.integer({ min: 0, max: 3 }).map((roll) => roll > 0),
    },
  }),
  openOver: fc.record({
    ...{ kind: fc.constant('openOver' as const), lease, slots, seconds: duration, by, odd },
    cancel: fc.integer({ min: 0, max: 2 }).map((roll) => roll === 0),
  }),
  travel: fc.record({
    kind: fc.constant('travel' as const),
    seconds: fc.oneof(
      { weight: 6, arbitrary: fc.integer({ min: 1, max: 70 }) },
      { weight: 3, arbitrary: fc.integer({ min: 60, max: 700 }) },
      { weight: 1, arbitrary: fc.integer({ min: 600, max: 4000 }) },
    ),
  }),
  edge: fc.record({
    ...{ kind: fc.constant('edge' as const), lease, offset: fc.integer({ min: -1, max: 1 }) },
    act: fc.constantFrom('start', 'end', 'close', 'settle', 'reject'),
  }),
  onLease: fc.record({ kind: fc.constantFrom('end', 'preempt', 'close', 'settle', 'reject'), lease, wrong }),
  start: fc.record({ kind: fc.constant('start' as const), lease, wrong }),
  extend: fc.record({ kind: fc.constant('extend' as const), lease, seconds: fc.nat(3000), wrong }),
  withdraw: fc.record({ kind: fc.constant('withdraw' as const), purse: fc.integer({ min: 1, max: 3 }) }),
  seldom: fc.oneof(
    fc.record({ kind: fc.constant('burn' as const) }),
    fc.record({ kind: fc.constantFrom('beat', 'sell'), machine }),
    fc.record({ kind: fc.constant('offer' as const), machine, terms }),
    fc.record({ kind: fc.constant('price' as const), usdPerToken: fc.integer({ min: 46_000, max: 54_000 }) }),
    fc.record({ kind: fc.constant('audit' as const), machine, slots: fc.integer({ min: 1, max: 4 }) }),
  ),
}

/** One thing that somebody might do next; what leases live on comes more often than what ends them. */
export const anyWish: fc.Arbitrary<Wish> = fc.oneof(
  { weight: 12, arbitrary: wishes.open },
  { weight: 8, arbitrary: wishes.openOver },
  { weight: 10, arbitrary: wishes.travel },
  { weight: 5, arbitrary: wishes.start },
  { weight: 8, arbitrary: wishes.edge },
  { weight: 9, arbitrary: wishes.onLease },
  { weight: 4, arbitrary: wishes.extend },
  { weight: 1, arbitrary: wishes.withdraw },
  { weight: 3, arbitrary: wishes.seldom },
)

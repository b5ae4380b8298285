import { advance } from './advance.ts'
import { advanceMachine } from './advanceMachine.ts'
import { type Effect, isBeginning, keyOf } from './Effect.ts'
import type { Event, JournalRecord } from './Event.ts'
import { learn } from './learn.ts'
import { learnFailure } from './learnFailure.ts'
import { changedRecords } from './recall.ts'
import type { LeaseWork, Settings, State } from './State.ts'
import { isFinished } from './steps/endLease.ts'

/** What an event leads to: `records` go to the journal before any of `effects` is run. */
export type Reaction = { state: State; effects: Effect[]; records: JournalRecord[] }

/**
 * The core of the agent: takes one event in, takes every lease as far as it can go, and says what to do.
 *
 * Pure: no clock, no disk, no network. `nowMs` is unix time that never jumps while the process lives.
 */
export function reduce(state: State, event: Event, given: { nowMs: number; settings: Settings }): Reaction {
  const learned = settle(take(state, event, given), event, given.nowMs)
  const context = { ...given, state: learned }
  const leases: Record<string, LeaseWork> = {}
  const { machine, wants } = advanceMachine(context)
  for (const lease of Object.values(learned.leases)) {
    const move = advance(lease, context)
    if (isForgettable(move.lease, { ...given, state: learned })) continue
    leases[lease.id] = move.lease
    wants.push(...move.wants)
  }
  const effects = wants.filter((effect) => isFree({ ...learned, machine }, effect, given.nowMs))
  const inFlight = { ...learned.inFlight }
  for (const effect of effects) inFlight[keyOf(effect)] = true
  const next = { ...learned, machine, leases, inFlight }
  return { state: next, effects, records: changedRecords(state, next) }
}

function take(state: State, event: Event, given: { nowMs: number; settings: Settings }): State {
  switch (event.type) {
    case 'tick':
      return state
    case 'journalChecked':
      return { ...state, machine: { ...state.machine, journalOk: event.ok } }
    case 'done':
      return event.facts.reduce((next, fact) => learn(next, fact, given), state)
    case 'failed':
      return learnFailure(state, event)
    default:
      return learn(state, event, given)
  }
}

/** Takes an effect off the list of those under way, and keeps the same one from being run again at once. */
function settle(state: State, event: Event, nowMs: number): State {
  if (event.type !== 'done' && event.type !== 'failed') return state
  const key = keyOf(event.effect)
  const { [key]: _, ...inFlight } = state.inFlight
  const before = state.backoff[key]
  const isRepeated = before !== undefined && nowMs < before.notBeforeMs + 60_000
  const attempts = isRepeated ? before.attempts + 1 : 1
  const notBeforeMs = nowMs + Math.min(longestBackoffMs, 500 * 2 ** attempts)
  const recent = Object.entries(state.backoff).filter(([, entry]) => nowMs < entry.notBeforeMs + 60_000)
  return { ...state, inFlight, backoff: { ...Object.fromEntries(recent), [key]: { attempts, notBeforeMs } } }
}

/** Half a minute: an engine or ledger that is back is used again soon, and one that is down is not hammered. */
const longestBackoffMs = 30_000

function isFree(state: State, effect: Effect, nowMs: number): boolean {
  const key = keyOf(effect)
  if (state.inFlight[key]) return false
  if (!state.machine.journalOk && isBeginning(effect)) return false
  return nowMs >= (state.backoff[key]?.notBeforeMs ?? Number.NEGATIVE_INFINITY)
}

/** Nothing is left of it here, the ledger is done with it, and the renter had time to read how it ended. */
function isForgettable(lease: LeaseWork, context: { state: State; settings: Settings; nowMs: number }): boolean {
  if (lease.step !== 'over' && lease.step !== 'failed') return false
  const isDone = lease.ledger.state === 'closed' || lease.ledger.state === 'none'
  if (!isDone || !lease.wiped || !isFinished(lease, context) || lease.finishedAtMs === null) return false
  return context.nowMs >= lease.finishedAtMs + context.settings.resultsGraceMs
}

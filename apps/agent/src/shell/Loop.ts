import type { Clock, Logger } from '@hotaru/base'
import { type Effect, isBeginning, keyOf } from '../core/Effect.ts'
import type { Event, Fact } from '../core/Event.ts'
import { toRecords } from '../core/recall.ts'
import { reduce } from '../core/reduce.ts'
import { initialState, type Settings, type State } from '../core/State.ts'
import type { JournalPort } from '../ports.ts'
import { type SteadyClock, steadyClock } from './steadyClock.ts'

/** Runs one effect and says what became known by it. Throws when it failed. */
export type RunEffect = (effect: Effect, signal: AbortSignal) => Promise<readonly Fact[]>

/**
 * The thin shell around the core: takes events one at a time, writes what must not be lost, runs the effects, and
 * feeds their outcomes back.
 *
 * When the journal cannot be written nothing new is begun, but everything that ends something still runs.
 */
export class Loop {
  readonly #settings: Settings
  readonly #journal: JournalPort
  readonly #runEffect: RunEffect
  readonly #log: Logger
  readonly #clock: SteadyClock
  readonly #controller = new AbortController()
  #state: State
  #queue: { event: Event; taken: () => void }[] = []
  #pumping: Promise<void> | undefined
  #changed = Promise.withResolvers<void>()

  constructor({ machineId, settings, journal, runEffect, clock, log }: Loop.Parts) {
    this.#settings = settings
    this.#journal = journal
    this.#runEffect = runEffect
    this.#log = log
    this.#clock = steadyClock(clock)
    this.#state = initialState(machineId)
  }

  get state(): State {
    return this.#state
  }

  get settings(): Settings {
    return this.#settings
  }

  nowMs(): number {
    return this.#clock.unixMs()
  }

  /** Hands an event to the core; resolves when it is taken in and kept. Ignored after `stop`. */
  dispatch(event: Event): Promise<void> {
    if (this.#controller.signal.aborted) return Promise.resolve()
    const { promise, resolve } = Promise.withResolvers<void>()
    this.#queue.push({ event, taken: resolve })
    this.#pumping ??= this.#pump()
    return promise
  }

  /** Waits until `pick` finds something in the state. Rejects with the signal's reason. */
  async until<T>(pick: (state: State) => T | undefined, signal: AbortSignal): Promise<T> {
    for (;;) {
      const found = pick(this.#state)
      if (found !== undefined) return found
      await abortable(this.#changed.promise, signal)
    }
  }

  /** Takes no more events. Effects under way are told to give up; workloads live on. */
  async stop(): Promise<void> {
    this.#controller.abort('the agent stops')
    await this.#pumping
  }

  async #pump(): Promise<void> {
    for (let next = this.#queue.shift(); next; next = this.#queue.shift()) {
      if (!this.#controller.signal.aborted) await this.#take(next.event)
      next.taken()
    }
    // In the same turn as the last look into the queue: an event pushed after this begins a new pump.
    this.#pumping = undefined
  }

  async #take(event: Event): Promise<void> {
    const before = this.#state
    const { state, effects, records } = reduce(before, event, { nowMs: this.nowMs(), settings: this.#settings })
    this.#state = state
    this.#logSteps(before, state)
    const ok = event.type === 'booted' || (await this.#keep(records))
    // The process may have been told to stop while it wrote: what is on disk is then done by the next one.
    if (this.#controller.signal.aborted) return
    if (ok && event.type === 'tick' && !state.machine.journalOk) await this.#rewrite()
    for (const effect of effects) {
      if (ok || !isBeginning(effect)) this.#start(effect)
      else this.#queue.push({ event: { type: 'failed', effect, reason: diskReason, hopeless: false }, taken: () => {} })
    }
    const changed = this.#changed
    this.#changed = Promise.withResolvers()
    changed.resolve()
  }

  async #keep(records: readonly Parameters<JournalPort['append']>[0][]): Promise<boolean> {
    if (records.length === 0) return true
    try {
      await Promise.all(records.map((record) => this.#journal.append(record)))
      return true
    } catch (error) {
      this.#log.error('journal not written', { error })
      this.#queue.push({ event: { type: 'journalChecked', ok: false }, taken: () => {} })
      return false
    }
  }

  /** The disk may be back: everything is written once more, as some of it never was. */
  async #rewrite(): Promise<void> {
    if (await this.#keep(toRecords(this.#state)))
      this.#queue.push({ event: { type: 'journalChecked', ok: true }, taken: () => {} })
  }

  #start(effect: Effect): void {
    const startedMs = this.nowMs()
    this.#runEffect(effect, this.#controller.signal).then(
      (facts) => {
        this.#log.debug('effect done', { effect: keyOf(effect), durationMs: this.nowMs() - startedMs })
        return this.dispatch({ type: 'done', effect, facts })
      },
      (error: unknown) => {
        this.#log.warn('effect failed', { effect: keyOf(effect), error })
        return this.dispatch({ type: 'failed', effect, ...describeFailure(error) })
      },
    )
  }

  #logSteps(before: State, after: State): void {
    for (const [leaseId, { step, reason }] of Object.entries(after.leases))
      if (before.leases[leaseId]?.step !== step) this.#log.info('lease moved', { leaseId, step, reason })
  }
}

export declare namespace Loop {
  type Parts = {
    machineId: string
    settings: Settings
    journal: JournalPort
    runEffect: RunEffect
    clock: Clock
    log: Logger
  }
}

const diskReason = 'the machine cannot write its journal, its disk may be full'

function describeFailure(error: unknown): { reason: string; hopeless: boolean } {
  const reason = error instanceof Error ? error.message : String(error)
  const hopeless = error instanceof Error && 'retry' in error && error.retry === 'never'
  return { reason, hopeless }
}

function abortable(promise: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason)
    const onAbort = () => reject(signal.reason)
    signal.addEventListener('abort', onAbort, { once: true })
    promise.then(() => {
      signal.removeEventListener('abort', onAbort)
      resolve()
    }, reject)
  })
}

import type { BaseError, Clock, Logger } from '@hotaru/base'
import { type Ledger, watchAudits, watchFaults } from '@hotaru/chain'
import type { Duty } from './Duty.ts'
import { Pairs } from './judge/Pairs.ts'

/** What there is to do, as the ledger's events say: committees that may need this verifier, and audits to hunt through. */
export class Docket {
  readonly pairs = new Pairs()
  readonly #ledger: Ledger
  readonly #options: Docket.Options
  readonly #duties = new Map<bigint, Duty>()
  readonly #hunts = new Map<bigint, { notBeforeMs: number; pauseMs: number }>()

  constructor(ledger: Ledger, options: Docket.Options) {
    this.#ledger = ledger
    this.#options = options
  }

  /** Follows the ledger from its beginning until the signal is aborted. */
  async follow(): Promise<void> {
    await Promise.all([this.#followAudits(), this.#followFaults()])
  }

  duties(): Duty[] {
    return [...this.#duties.values()]
  }

  /** Takes a duty off that is done. */
  strike({ committeeId }: Duty): void {
    this.#duties.delete(committeeId)
  }

  /** The audit that has waited longest for being looked into; undefined when none is due. */
  nextHunt(): bigint | undefined {
    const nowMs = this.#options.clock.monotonicMs()
    let next: { auditId: bigint; notBeforeMs: number } | undefined
    for (const [auditId, { notBeforeMs }] of this.#hunts)
      if (notBeforeMs <= nowMs && notBeforeMs < (next?.notBeforeMs ?? Number.POSITIVE_INFINITY))
        next = { auditId, notBeforeMs }
    return next?.auditId
  }

  /** Takes a hunt off that is done. */
  hunted(auditId: bigint): void {
    this.#hunts.delete(auditId)
  }

  /** Puts a hunt off, for longer each time: the machine is at work, or away. */
  putOff(auditId: bigint): void {
    const { pauseMs = firstPauseMs } = this.#hunts.get(auditId) ?? {}
    const notBeforeMs = this.#options.clock.monotonicMs() + pauseMs
    this.#hunts.set(auditId, { notBeforeMs, pauseMs: Math.min(2 * pauseMs, longestPauseMs) })
  }

  async #followAudits(): Promise<void> {
    for await (const event of watchAudits(this.#ledger, this.#watching())) {
      if (event.removed) continue
      const { auditId } = event
      if (event.kind === 'finished') this.#hunts.set(auditId, { notBeforeMs: 0, pauseMs: firstPauseMs })
      if (event.kind === 'paired') this.pairs.add(auditId, event.otherId)
      if (event.kind !== 'requested' && event.kind !== 'redrawn') continue
      const { committeeId } = event
      this.#duties.set(committeeId, { committeeId, kind: 'audit', subjectId: auditId })
    }
  }

  async #followFaults(): Promise<void> {
    for await (const event of watchFaults(this.#ledger, this.#watching())) {
      if (event.removed || (event.kind !== 'reported' && event.kind !== 'appealed')) continue
      const { committeeId, faultId } = event
      this.#duties.set(committeeId, { committeeId, kind: 'fault', subjectId: faultId })
    }
  }

  #watching() {
    const { signal, log, clock } = this.#options
    const onTrouble = (error: BaseError) => log.warn('ledger not read', { error })
    return { fromBlock: BigInt(this.#ledger.deployment.block), signal, clock, onTrouble }
  }
}

export declare namespace Docket {
  type Options = { signal: AbortSignal; log: Logger; clock: Clock }
}

/** A lease may take hours; proofs are taken for a day, and then a hunt ends. */
const firstPauseMs = 60_000
const longestPauseMs = 3_600_000

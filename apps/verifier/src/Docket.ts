import type { BaseError, Logger } from '@hotaru/base'
import { type Ledger, watchAudits, watchFaults } from '@hotaru/chain'
import type { Duty } from './Duty.ts'

/** What there is to do, as the ledger's events say: committees that may need this verifier, and audits to hunt through. */
export class Docket {
  readonly #ledger: Ledger
  readonly #options: Docket.Options
  readonly #duties = new Map<bigint, Duty>()
  readonly #hunts = new Map<bigint, { notBeforeMs: number }>()

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

  /** The oldest audit that is to be looked into now. */
  nextHunt(nowMs: number): bigint | undefined {
    return [...this.#hunts].find(([, { notBeforeMs }]) => notBeforeMs <= nowMs)?.[0]
  }

  /** Takes a hunt off that is done. */
  hunted(auditId: bigint): void {
    this.#hunts.delete(auditId)
  }

  /** Puts a hunt off: the machine is at work, or away. */
  putOff(auditId: bigint, notBeforeMs: number): void {
    this.#hunts.set(auditId, { notBeforeMs })
  }

  async #followAudits(): Promise<void> {
    for await (const event of watchAudits(this.#ledger, this.#watching())) {
      if (event.removed) continue
      if (event.kind === 'finished') this.#hunts.set(event.auditId, { notBeforeMs: 0 })
      if (event.kind !== 'requested' && event.kind !== 'redrawn') continue
      const { committeeId, auditId } = event
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
    const { signal, log } = this.#options
    const onTrouble = (error: BaseError) => log.warn('ledger not read', { error })
    return { fromBlock: BigInt(this.#ledger.deployment.block), signal, onTrouble }
  }
}

export declare namespace Docket {
  type Options = { signal: AbortSignal; log: Logger }
}

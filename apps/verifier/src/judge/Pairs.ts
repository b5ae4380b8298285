import type { Clock } from '@hotaru/base'
import { sleep } from '@hotaru/base/async'

/**
 * Audits that a verifier asked for side by side, and how one member of both committees keeps them so: neither machine is
 * timed before both attend to it.
 */
export class Pairs {
  readonly #others = new Map<bigint, bigint>()
  readonly #attending = new Set<bigint>()
  readonly #decided = new Set<bigint>()
  #changed = Promise.withResolvers<void>()

  /** Takes note of a pair. */
  add(auditId: bigint, otherId: bigint): void {
    this.#others.set(auditId, otherId).set(otherId, auditId)
  }

  /** The audit at the side of this one; undefined when there is none. */
  otherOf(auditId: bigint): bigint | undefined {
    return this.#others.get(auditId)
  }

  /**
   * Has a machine attend, and waits until the one of the other audit does. The smaller number goes first, for all verifiers:
   * so no two of them hold one machine each and wait for the other. Who waits in vain goes on alone.
   *
   * @returns Whether both attend.
   */
  async meet(auditId: bigint, otherId: bigint, { attend, ...options }: Pairs.Meeting): Promise<boolean> {
    if (auditId > otherId) await this.#waitFor(otherId, queueMs, options)
    await attend()
    this.#attending.add(auditId)
    this.#notify()
    if (auditId < otherId) await this.#waitFor(otherId, holdMs, options)
    return this.#attending.has(otherId)
  }

  /** Says that a machine attends no more; with the next look at it the two may meet again. */
  part(auditId: bigint): void {
    this.#attending.delete(auditId)
  }

  /** Says that nobody has to wait for this audit any more. */
  decide(auditId: bigint): void {
    if (!this.#others.has(auditId)) return
    this.#decided.add(auditId)
    this.#notify()
  }

  async #waitFor(auditId: bigint, timeoutMs: number, { clock, signal }: Omit<Pairs.Meeting, 'attend'>): Promise<void> {
    const enough = new AbortController()
    const limit = AbortSignal.any([signal, enough.signal])
    const over = sleep(timeoutMs, { clock, signal: limit })
      .catch(() => {})
      .then(() => enough.abort())
    try {
      while (!this.#attending.has(auditId) && !this.#decided.has(auditId) && !enough.signal.aborted)
        await Promise.race([this.#changed.promise, over])
      signal.throwIfAborted()
    } finally {
      enough.abort()
    }
  }

  #notify(): void {
    this.#changed.resolve()
    this.#changed = Promise.withResolvers()
  }
}

export declare namespace Pairs {
  type Meeting = { attend: () => Promise<void>; clock: Clock; signal: AbortSignal }
}

/** A machine that attends does nothing else meanwhile: the rest of its committee waits. */
const holdMs = 120_000
/** The first machine attends to four others before, half a minute each, some of whom wait as well. */
const queueMs = 360_000

import { BaseError, type Clock, exitCodes } from '@hotaru/base'
import type { LeaseFacts } from '@hotaru/link'
import type { LeaseWork } from '../core/State.ts'
import type { LedgerFollower } from '../shell/LedgerFollower.ts'
import type { Loop } from '../shell/Loop.ts'

/** A lease as a guard of requests sees it, and as the agent has it. */
export type FoundLease = LeaseFacts & { id: string }

/**
 * Finds the lease that a request speaks of. One that is not known yet is looked up on the ledger at once, so that a
 * renter who has just opened it need not wait; strangers with made-up numbers can cause only so many look-ups.
 */
export class LeaseFinder {
  readonly #loop: Loop
  readonly #follower: LedgerFollower
  readonly #clock: Clock
  #looks: { sinceMs: number; count: number } = { sinceMs: Number.NEGATIVE_INFINITY, count: 0 }

  constructor({ loop, follower, clock }: { loop: Loop; follower: LedgerFollower; clock: Clock }) {
    this.#loop = loop
    this.#follower = follower
    this.#clock = clock
  }

  async find(leaseId: bigint): Promise<FoundLease | undefined> {
    const id = leaseId.toString()
    if (!this.#loop.state.leases[id]) await this.#look(id)
    const lease = this.#loop.state.leases[id]
    return lease && this.#describe(lease)
  }

  /** The work of a lease that `find` has found. @throws `Agent.UnconfirmedError` */
  confirmed(id: string): LeaseWork {
    const { leases, head } = this.#loop.state
    const lease = leases[id]
    const { confirmations } = this.#loop.settings
    const depth = head && lease ? head.block - lease.ledger.openedBlock : -1
    if (!lease || depth < confirmations) throw new UnconfirmedError({ leaseId: id, depth, confirmations })
    return lease
  }

  #describe(lease: LeaseWork): FoundLease {
    // What is closed on the ledger but still kept here may be asked for: results, and how it ended.
    const state = lease.ledger.state === 'closed' ? 'ended' : lease.ledger.state
    const renter = lease.ledger.renter as FoundLease['renter']
    return { id: lease.id, machineId: BigInt(this.#loop.state.machine.id), renter, state }
  }

  async #look(id: string): Promise<void> {
    const nowMs = this.#clock.monotonicMs()
    if (nowMs >= this.#looks.sinceMs + 1_000) this.#looks = { sinceMs: nowMs, count: 0 }
    if (++this.#looks.count > looksPerSecond) throw new BusyError()
    await this.#follower.look(id)
  }
}

/** Far above what honest renters of one machine need, far below what would trouble its endpoint. */
const looksPerSecond = 20

export class BusyError extends BaseError {
  override readonly name = 'Agent.BusyError'

  constructor() {
    super('Cannot look for the lease: too many unknown ones were asked for, expected fewer', {
      hint: 'try again in a second',
      retry: 'later',
      exitCode: exitCodes.tryAgain,
    })
  }
}

export class UnconfirmedError extends BaseError {
  override readonly name = 'Agent.UnconfirmedError'

  constructor({ leaseId, depth, confirmations }: { leaseId: string; depth: number; confirmations: number }) {
    super(`Cannot use lease "${leaseId}" yet: it is ${Math.max(0, depth)} blocks deep, expected ${confirmations}`, {
      hint: 'wait for the next blocks and try again',
      retry: 'later',
      exitCode: exitCodes.tryAgain,
    })
  }
}

import { BaseError } from '@hotaru/base'

/** What can be ended from outside. */
type Abortable = { abort(reason: Error): void }

/** The exchanges that touch each lease now, so that nothing reads or writes its directory while it is removed. */
export class LeaseTraffic {
  readonly #running = new Map<string, Map<Abortable, Promise<unknown>>>()

  /** Runs one exchange of a lease. */
  async track<T>(leaseId: string, exchange: Abortable, work: () => Promise<T>): Promise<T> {
    const ofLease = this.#running.get(leaseId) ?? new Map<Abortable, Promise<unknown>>()
    this.#running.set(leaseId, ofLease)
    const running = work()
    ofLease.set(exchange, running)
    try {
      return await running
    } finally {
      ofLease.delete(exchange)
      if (ofLease.size === 0 && this.#running.get(leaseId) === ofLease) this.#running.delete(leaseId)
    }
  }

  /** Ends every exchange of a lease and waits until none is left. */
  async release(leaseId: string): Promise<void> {
    const ofLease = this.#running.get(leaseId)
    if (!ofLease) return
    const running = [...ofLease.values()]
    for (const exchange of ofLease.keys()) exchange.abort(new LeaseOverError({ leaseId }))
    await Promise.allSettled(running)
  }
}

export class LeaseOverError extends BaseError {
  override readonly name = 'Agent.LeaseOverError'

  constructor({ leaseId }: { leaseId: string }) {
    super(`Cannot go on with lease "${leaseId}": it is over, expected it to last`, { facts: { leaseId } })
  }
}

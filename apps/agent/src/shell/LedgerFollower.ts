import type { Logger } from '@hotaru/base'
import { Mutex } from '@hotaru/base/async'
import type { LedgerPort } from '../ports.ts'
import type { Loop } from './Loop.ts'

/**
 * Tells the core what the ledger shows: new blocks, leases of this machine, the machine itself.
 *
 * Asks for the newest block only; everything else is read when that has moved. The last blocks are read again each
 * time, so that a reorganised chain is noticed.
 */
export class LedgerFollower {
  readonly #loop: Loop
  readonly #ledger: LedgerPort
  readonly #log: Logger
  readonly #order = new Mutex()
  readonly #reorgBlocks: number
  /** Last block whose leases were read. */
  #readTo: number
  #reachable = true
  #machineReadMs = 0

  constructor({ loop, ledger, log, fromBlock, reorgBlocks }: LedgerFollower.Parts) {
    this.#loop = loop
    this.#ledger = ledger
    this.#log = log
    this.#reorgBlocks = reorgBlocks
    this.#readTo = fromBlock - 1
  }

  /** Whether the ledger answered when it was last asked. */
  get isReachable(): boolean {
    return this.#reachable
  }

  /** Reads the ledger once. Never throws: an unreachable ledger is a fact of life, leases end without it. */
  follow(): Promise<void> {
    return this.#order.run(() => this.#guard(() => this.#read()))
  }

  /** Reads one lease at once, for a renter who did not wait for the next block. Throws when the ledger is unreachable. */
  async look(leaseId: string): Promise<void> {
    const [head, lease] = await Promise.all([this.#ledger.readHead(), this.#ledger.readLease(leaseId)])
    await this.#loop.dispatch({ type: 'headSeen', ...head })
    await this.#loop.dispatch({ type: 'leaseSeen', leaseId, lease })
  }

  async #read(): Promise<void> {
    const head = await this.#ledger.readHead()
    if (head.block === this.#loop.state.head?.block && this.#readTo >= head.block) return
    await this.#loop.dispatch({ type: 'headSeen', ...head })

    const ids = new Set(Object.keys(this.#loop.state.leases))
    // A chain that was restored may be shorter than what was read of it.
    const from = Math.max(0, Math.min(this.#readTo, head.block) - this.#reorgBlocks + 1)
    for (let at = from; at <= head.block; at += pageBlocks) {
      const to = Math.min(head.block, at + pageBlocks - 1)
      for (const leaseId of await this.#ledger.listOpened({ from: at, to })) ids.add(leaseId)
    }
    for (const leaseId of ids) {
      const lease = await this.#ledger.readLease(leaseId)
      await this.#loop.dispatch({ type: 'leaseSeen', leaseId, lease })
    }
    if (this.#loop.nowMs() >= this.#machineReadMs + machineEveryMs || this.#loop.state.machine.ledger === null) {
      await this.#loop.dispatch({ type: 'machineSeen', ledger: await this.#ledger.readMachine() })
      this.#machineReadMs = this.#loop.nowMs()
    }
    this.#readTo = head.block
    await this.#loop.dispatch({ type: 'ledgerRead', block: head.block })
  }

  async #guard(read: () => Promise<void>): Promise<void> {
    try {
      await read()
      if (!this.#reachable) this.#log.info('ledger reachable again')
      this.#reachable = true
    } catch (error) {
      if (this.#reachable) this.#log.warn('ledger not reachable', { error })
      this.#reachable = false
    }
  }
}

export declare namespace LedgerFollower {
  type Parts = {
    loop: Loop
    ledger: LedgerPort
    log: Logger
    /** First block that may hold a lease of this machine. */
    fromBlock: number
    /** How many of the newest blocks may still change. */
    reorgBlocks: number
  }
}

/** The machine's own entry changes only when its owner does something, or an audit ends. */
const machineEveryMs = 15_000

/** Public endpoints refuse logs of more blocks at once. */
const pageBlocks = 1_000

import { BaseError } from '@hotaru/base'
import type { Machine } from '@hotaru/protocol'
import type { Client } from '../Client.ts'
import type { OpenedLease } from '../Ledger.ts'
import { LeaseSession } from '../lease/LeaseSession.ts'
import { openLease } from '../lease/openLease.ts'
import type { RunEvent } from './RunEvent.ts'
import type { RunOrder } from './runWorkload.ts'

/** Offers that were gone are followed by the next best this often: beyond that the renter should look again. */
const nextOffers = 2

/** A lease that is open, and the way to its machine. */
export type Opened = { lease: OpenedLease; machine: Machine; session: LeaseSession }

/**
 * Opens a lease on the best offer that is still there. The machine is dialled while the chain works.
 *
 * @throws `Run.OffersGoneError` when the next best were gone too; nothing was spent but gas.
 */
export async function openBest(
  client: Client,
  order: RunOrder,
  report: (event: RunEvent) => void,
  signal: AbortSignal | undefined,
): Promise<Opened> {
  const offers = order.offers.slice(0, 1 + nextOffers)
  let last: unknown
  for (const machine of offers) {
    signal?.throwIfAborted()
    report({ type: 'offer', machine, slots: order.slots, seconds: order.seconds })
    const target = { endpoint: machine.endpoint, machineKey: machine.key, machineId: machine.id }
    const connection = client.dial(target, { signal })
    // The dial's failure is heard when the connection is used; until then it must not end the process.
    connection.then(() => report({ type: 'linked' })).catch(() => {})
    try {
      const lease = await openLease(client, { ...order, machine, workloadDigest: order.bundle.digest })
      report({ type: 'leased', machineId: machine.id, ...lease })
      const scopes = ['status', 'send', 'logs', 'results', 'stop'] as const
      return { lease, machine, session: new LeaseSession(client, lease.leaseId, { target, scopes, connection }) }
    } catch (error) {
      connection.then((link) => link.close()).catch(() => {})
      if (!(error instanceof BaseError && error.retry === 'elsewhere')) throw error
      report({ type: 'gone', machineId: machine.id, reason: error.message })
      last = error
    }
  }
  throw new OffersGoneError({ tried: offers.length, cause: last })
}

export class OffersGoneError extends BaseError {
  override readonly name = 'Run.OffersGoneError'

  constructor({ tried, cause }: { tried: number; cause: unknown }) {
    const what = tried === 1 ? 'the offer was' : `the ${tried} best offers were`
    super(`Cannot open a lease: ${what} gone when the order arrived, expected one to last`, {
      hint: 'nothing was paid; `hotaru offer search` shows what is there now',
      retry: 'later',
      exitCode: 75,
      cause,
    })
  }
}

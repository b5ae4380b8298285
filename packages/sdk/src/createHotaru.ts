import type { Clock } from '@hotaru/base'
import { systemClock } from '@hotaru/base/async'
import type { Receipt } from '@hotaru/protocol'
import type { LocalAccount } from 'viem'
import type { Client } from './Client.ts'
import { createChainLedger } from './createChainLedger.ts'
import { type Dial, dial } from './Dial.ts'
import type { Ledger } from './Ledger.ts'
import type { runWorkload } from './lease/index.ts'
import type { Ranking } from './offers/rankOffers.ts'
import type { Wish } from './offers/Wish.ts'
import type { Network } from './parseNetwork.ts'
import type { RunOutcome } from './run/RunEvent.ts'
import type { RunOrder } from './run/runWorkload.ts'
import { searchOffers } from './searchOffers.ts'

/** A client with the functions of this package as methods. */
export type Hotaru = Client & {
  /** See `searchOffers`. */
  search(wish?: Wish): Promise<Ranking>
  /** See `runWorkload`. */
  run(order: RunOrder, options?: runWorkload.Options): Promise<RunOutcome>
  /** See `stopLease`. */
  stop(leaseId: bigint): Promise<Receipt>
  /** What a lease cost and where the money went. */
  receipt(leaseId: bigint): Promise<Receipt>
}

/**
 * Makes the client of one renter on one network. Nothing is connected before the first call.
 *
 * @example
 * const hotaru = createHotaru({ network, account })
 * const { fitting } = await hotaru.search({ kind: 'gpu', minSeconds: 600 })
 * const bundle = await packWorkload('examples/bunny')
 * const offers = fitting.map(({ machine }) => machine)
 * const { receipt } = await hotaru.run({ bundle, offers, slots: 1, seconds: 600 })
 */
export function createHotaru(options: createHotaru.Options): Hotaru {
  const { network, account, clock = systemClock } = options
  const ledger = options.ledger ?? createChainLedger(network, account)
  const client: Client = { account, ledger, clock, dial: options.dial ?? dial }
  return {
    ...client,
    search: (wish) => searchOffers(client, wish),
    run: async (order, runOptions) => (await import('./lease/index.ts')).runWorkload(client, order, runOptions),
    stop: async (leaseId) => (await import('./lease/index.ts')).stopLease(client, leaseId),
    receipt: (leaseId) => ledger.readReceipt(leaseId),
  }
}

export declare namespace createHotaru {
  type Options = {
    network: Network
    /** Who rents: signs transactions and lease tokens. */
    account: LocalAccount
    /** @default the network's chain */
    ledger?: Ledger | undefined
    /** @default TCP with noise */
    dial?: Dial | undefined
    clock?: Clock | undefined
  }
}

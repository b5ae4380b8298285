import type { Clock } from '@hotaru/base'
import type { LocalAccount } from 'viem'
import type { Dial } from './Dial.ts'
import type { Ledger } from './Ledger.ts'

/** What every function of this package works with: who rents, on which ledger, and how machines are reached. */
export type Client = {
  account: LocalAccount
  ledger: Ledger
  dial: Dial
  clock: Clock
}

/** Wall time of a client in unix seconds, as the ledger counts. */
export function nowSeconds(client: Pick<Client, 'clock'>): number {
  return Math.floor(client.clock.unixMs() / 1000)
}

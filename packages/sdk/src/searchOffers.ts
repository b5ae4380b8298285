import { type Client, nowSeconds } from './Client.ts'
import { type Ranking, rankOffers } from './offers/rankOffers.ts'
import type { Wish } from './offers/Wish.ts'

/**
 * Reads all machines of the ledger and orders their offers for a wish, best first, each with its reasons.
 *
 * @example
 * const { fitting, why } = await searchOffers(client, { kind: 'gpu', maxUsdPerSlotHour: 100_000n })
 */
export async function searchOffers(client: Pick<Client, 'ledger' | 'clock'>, wish: Wish = {}): Promise<Ranking> {
  return rankOffers(await client.ledger.listMachines(), wish, nowSeconds(client))
}

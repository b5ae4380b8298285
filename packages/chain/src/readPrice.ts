import { pricesAbi } from '@hotaru/contracts'
import type { Ledger } from './createLedger.ts'
import { readCall } from './readCall.ts'

/** The price of one whole token in millionths of a US dollar. @throws RefusedError with `Prices_Stale`. */
export function readPrice(ledger: Ledger): Promise<bigint> {
  return readCall(ledger, 'read the price', (client, { prices }) =>
    client.readContract({ abi: pricesAbi, address: prices, functionName: 'usdPerToken' }),
  )
}

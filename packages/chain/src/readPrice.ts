import { pricesAbi } from '@hotaru/contracts'
import type { Address } from 'viem'
import type { Ledger } from './createLedger.ts'
import { readCall } from './readCall.ts'

/** The price of one whole token in millionths of a US dollar. @throws RefusedError with `Prices_Stale`. */
export function readPrice(ledger: Ledger): Promise<bigint> {
  return readCall(ledger, 'read the price', (client, { prices }) =>
    client.readContract({ abi: pricesAbi, address: prices, functionName: 'usdPerToken' }),
  )
}

/** The last price, stale or not, and the unix second until which it is fresh; zeros when there never was one. */
export async function readLatestPrice(ledger: Ledger): Promise<{ usdPerToken: bigint; freshUntil: number }> {
  const [usdPerToken, freshUntil] = await readCall(ledger, 'read the last price', (client, { prices }) =>
    client.readContract({ abi: pricesAbi, address: prices, functionName: 'latest' }),
  )
  return { usdPerToken, freshUntil: Number(freshUntil) }
}

/** Reporters that have locked their stake and count. */
export function readReporters(ledger: Ledger): Promise<readonly Address[]> {
  return readCall(ledger, 'read the reporters', (client, { prices }) =>
    client.readContract({ abi: pricesAbi, address: prices, functionName: 'reporters' }),
  )
}

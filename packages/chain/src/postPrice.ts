import { pricesAbi } from '@hotaru/contracts'
import { encodeFunctionData } from 'viem'
import type { Ledger } from './createLedger.ts'
import { type Written, writeCall } from './sendCall.ts'

/** Posts the price of one whole token in millionths of a US dollar. For reporters. */
export function postPrice(ledger: Ledger, { usdPerToken }: { usdPerToken: bigint }): Promise<Written> {
  const data = encodeFunctionData({ abi: pricesAbi, functionName: 'post', args: [usdPerToken] })
  return writeCall(ledger, { to: ledger.deployment.addresses.prices, data }, 'post the price')
}

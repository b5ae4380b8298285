import { pricesAbi } from '@hotaru/contracts'
import { encodeFunctionData } from 'viem'
import type { Ledger } from './createLedger.ts'
import { type Written, writeCall } from './sendCall.ts'
import type { Observation } from './signObservation.ts'

/** Posts prices that a majority of the reporters signed; the ledger takes their median. Anyone may. */
export function postPrices(ledger: Ledger, observations: readonly Observation[]): Promise<Written> {
  // The ledger wants each signer once and finds that out by their order.
  const inOrder = observations.toSorted((a, b) => (BigInt(a.reporter) < BigInt(b.reporter) ? -1 : 1))
  const args = [inOrder.map(({ reporter: _, ...observation }) => observation)] as const
  const data = encodeFunctionData({ abi: pricesAbi, functionName: 'post', args })
  return writeCall(ledger, { to: ledger.deployment.addresses.prices, data }, 'post the price')
}

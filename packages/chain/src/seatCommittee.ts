import { committeesAbi } from '@hotaru/contracts'
import { encodeFunctionData, type Hex } from 'viem'
import type { Ledger } from './createLedger.ts'
import { type Written, writeCall } from './sendCall.ts'

/** Draws a committee with the beacon's proof of its round. Anyone may. */
export function seatCommittee(ledger: Ledger, parameters: { committeeId: bigint; proof: Hex }): Promise<Written> {
  const { committeeId, proof } = parameters
  const data = encodeFunctionData({ abi: committeesAbi, functionName: 'seat', args: [committeeId, proof] })
  return writeCall(ledger, { to: ledger.deployment.addresses.committees, data }, `seat committee "${committeeId}"`)
}

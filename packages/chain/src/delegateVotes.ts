import { tokenAbi } from '@hotaru/contracts'
import { type Address, encodeFunctionData } from 'viem'
import type { Ledger } from './createLedger.ts'
import { type Written, writeCall } from './sendCall.ts'

/** Lets an account vote with the caller's tokens and stake; oneself to vote oneself. */
export function delegateVotes(ledger: Ledger, parameters: { to: Address }): Promise<Written> {
  const { to } = parameters
  const data = encodeFunctionData({ abi: tokenAbi, functionName: 'delegate', args: [to] })
  return writeCall(ledger, { to: ledger.deployment.addresses.token, data }, `delegate the votes to "${to}"`)
}

import { committeesAbi } from '@hotaru/contracts'
import { encodeFunctionData } from 'viem'
import type { Ballot } from './commitVote.ts'
import type { Ledger } from './createLedger.ts'
import { type Written, writeCall } from './sendCall.ts'

/** Opens the account's vote; it must be the committed one. */
export function revealVote(ledger: Ledger, { committeeId, vote, salt }: Ballot): Promise<Written> {
  const data = encodeFunctionData({ abi: committeesAbi, functionName: 'reveal', args: [committeeId, vote, salt] })
  return writeCall(ledger, { to: ledger.deployment.addresses.committees, data }, `reveal in committee "${committeeId}"`)
}

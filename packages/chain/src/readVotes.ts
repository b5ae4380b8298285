import { tokenAbi } from '@hotaru/contracts'
import type { Address } from 'viem'
import type { Ledger } from './createLedger.ts'
import { readCall } from './readCall.ts'

/** What an account can vote with, in token units, and who votes with its own tokens; zero address: nobody. */
export type Votes = { votes: bigint; delegate: Address }

/** Reads the votes that an account has now. */
export async function readVotes(ledger: Ledger, { account }: { account: Address }): Promise<Votes> {
  const [votes, delegate] = await readCall(ledger, `read the votes of "${account}"`, (client, { token }) => {
    const at = { abi: tokenAbi, address: token, args: [account] } as const
    return Promise.all([
      client.readContract({ ...at, functionName: 'getVotes' }),
      client.readContract({ ...at, functionName: 'delegates' }),
    ])
  })
  return { votes, delegate }
}

import { committeesAbi } from '@hotaru/contracts'
import type { Address } from 'viem'
import type { Ledger } from './createLedger.ts'
import { readCall } from './readCall.ts'

/** Whether an account is enrolled as a verifier now. */
export function isVerifier(ledger: Ledger, { account }: { account: Address }): Promise<boolean> {
  return readCall(ledger, `ask whether "${account}" is a verifier`, (client, { committees }) =>
    client.readContract({ abi: committeesAbi, address: committees, functionName: 'isVerifier', args: [account] }),
  )
}

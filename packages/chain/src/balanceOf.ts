import { tokenAbi } from '@hotaru/contracts'
import type { Address } from 'viem'
import type { Ledger } from './createLedger.ts'
import { readCall } from './readCall.ts'

/** Token units an account holds, stake and escrow not included. */
export function balanceOf(ledger: Ledger, { account }: { account: Address }): Promise<bigint> {
  return readCall(ledger, 'read the balance', (client, { token }) =>
    client.readContract({ abi: tokenAbi, address: token, functionName: 'balanceOf', args: [account] }),
  )
}

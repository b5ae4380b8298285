import { tokenAbi } from '@hotaru/contracts'
import { type Address, encodeFunctionData } from 'viem'
import type { Ledger } from './createLedger.ts'
import { readCall } from './readCall.ts'
import { accountOf, type Written, writeCall } from './sendCall.ts'

/** Lets `spender` take at least `value` token units of the account; sends nothing when it already may. */
export async function approveTokens(
  ledger: Ledger,
  { spender, value }: { spender: Address; value: bigint },
): Promise<Written | undefined> {
  const action = 'approve the tokens'
  const { address } = accountOf(ledger, action)
  const allowed = await readCall(ledger, action, (client, { token }) =>
    client.readContract({ abi: tokenAbi, address: token, functionName: 'allowance', args: [address, spender] }),
  )
  if (allowed >= value) return undefined
  const data = encodeFunctionData({ abi: tokenAbi, functionName: 'approve', args: [spender, value] })
  return writeCall(ledger, { to: ledger.deployment.addresses.token, data }, action)
}

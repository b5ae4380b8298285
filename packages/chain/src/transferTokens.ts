import { tokenAbi } from '@hotaru/contracts'
import { type Address, encodeFunctionData } from 'viem'
import type { Ledger } from './createLedger.ts'
import { type Written, writeCall } from './sendCall.ts'

/** Sends `amount` token units to an account. @throws RefusedError with `ERC20InsufficientBalance`. */
export function transferTokens(ledger: Ledger, { to, amount }: { to: Address; amount: bigint }): Promise<Written> {
  const data = encodeFunctionData({ abi: tokenAbi, functionName: 'transfer', args: [to, amount] })
  return writeCall(ledger, { to: ledger.deployment.addresses.token, data }, 'send the tokens')
}

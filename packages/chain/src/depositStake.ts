import { stakesAbi } from '@hotaru/contracts'
import { encodeFunctionData } from 'viem'
import { approveTokens } from './approveTokens.ts'
import { balanceOf } from './balanceOf.ts'
import type { Ledger } from './createLedger.ts'
import { BalanceTooSmallError } from './openLease.ts'
import { accountOf, type Written, writeCall } from './sendCall.ts'

/** Puts `amount` token units into the account's free stake; a machine or verifier then locks it. @throws BalanceTooSmallError */
export async function depositStake(ledger: Ledger, { amount }: { amount: bigint }): Promise<Written> {
  const action = 'deposit the stake'
  const { address } = accountOf(ledger, action)
  const balance = await balanceOf(ledger, { account: address })
  if (balance < amount) throw new BalanceTooSmallError({ account: address, balance, needed: amount })
  const { stakes } = ledger.deployment.addresses
  return ledger.permitLine.run(async () => {
    await approveTokens(ledger, { spender: stakes, value: amount })
    const data = encodeFunctionData({ abi: stakesAbi, functionName: 'deposit', args: [amount] })
    return writeCall(ledger, { to: stakes, data }, action)
  })
}

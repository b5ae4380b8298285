import { committeesAbi } from '@hotaru/contracts'
import { encodeFunctionData } from 'viem'
import type { Ledger } from './createLedger.ts'
import { depositStake } from './depositStake.ts'
import { readCall } from './readCall.ts'
import { readStake } from './readStake.ts'
import { accountOf, type Written, writeCall } from './sendCall.ts'

/**
 * Makes the account a verifier: deposits what its free stake lacks, locks a stake for each ticket of the draw, and enrolls.
 *
 * Safe to repeat: a verifier is `already` one. @throws BalanceTooSmallError
 */
export async function enrollVerifier(
  ledger: Ledger,
  options: enrollVerifier.Options = {},
): Promise<enrollVerifier.Result> {
  const { tickets = 1, region = 0 } = options
  const action = 'enroll as a verifier'
  const account = accountOf(ledger, action).address
  const [isVerifier, each, { free }] = await Promise.all([
    readCall(ledger, action, (client, { committees }) =>
      client.readContract({ abi: committeesAbi, address: committees, functionName: 'isVerifier', args: [account] }),
    ),
    readCall(ledger, action, (client, { committees }) =>
      client.readContract({ abi: committeesAbi, address: committees, functionName: 'VERIFIER_STAKE' }),
    ),
    readStake(ledger, { account }),
  ])
  if (isVerifier) return { already: true }
  const needed = each * BigInt(tickets)
  if (free < needed) await depositStake(ledger, { amount: needed - free })
  const data = encodeFunctionData({ abi: committeesAbi, functionName: 'enroll', args: [tickets, region] })
  return { already: false, ...(await writeCall(ledger, { to: ledger.deployment.addresses.committees, data }, action)) }
}

export declare namespace enrollVerifier {
  type Options = {
    /** How many times the stake: each is one ticket of the draw. @default 1 */
    tickets?: number | undefined
    /** Where the verifier looks from, a number of docs/ledger.md. @default 0 */
    region?: number | undefined
  }
  type Result = ({ already: false } & Written) | { already: true }
}

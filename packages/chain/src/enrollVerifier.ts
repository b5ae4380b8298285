import { auditsAbi } from '@hotaru/contracts'
import { encodeFunctionData } from 'viem'
import type { Ledger } from './createLedger.ts'
import { depositStake } from './depositStake.ts'
import { readCall } from './readCall.ts'
import { readStake } from './readStake.ts'
import { accountOf, isRefusal, type Written, writeCall } from './sendCall.ts'

/**
 * Makes the account a verifier: deposits what its free stake lacks, locks it, and enrolls.
 *
 * Safe to repeat: a verifier is `already` one. @throws BalanceTooSmallError
 */
export async function enrollVerifier(ledger: Ledger): Promise<enrollVerifier.Result> {
  const action = 'enroll as a verifier'
  const account = accountOf(ledger, action).address
  const [isVerifier, needed, { free }] = await Promise.all([
    readCall(ledger, action, (client, { audits }) =>
      client.readContract({ abi: auditsAbi, address: audits, functionName: 'isVerifier', args: [account] }),
    ),
    readCall(ledger, action, (client, { audits }) =>
      client.readContract({ abi: auditsAbi, address: audits, functionName: 'VERIFIER_STAKE' }),
    ),
    readStake(ledger, { account }),
  ])
  if (isVerifier) return { already: true }
  if (free < needed) await depositStake(ledger, { amount: needed - free })
  const data = encodeFunctionData({ abi: auditsAbi, functionName: 'enroll' })
  try {
    return { already: false, ...(await writeCall(ledger, { to: ledger.deployment.addresses.audits, data }, action)) }
  } catch (error) {
    if (isRefusal(error, 'Audits_AlreadyVerifier')) return { already: true }
    throw error
  }
}

export declare namespace enrollVerifier {
  type Result = ({ already: false } & Written) | { already: true }
}

import { pricesAbi } from '@hotaru/contracts'
import { encodeFunctionData } from 'viem'
import type { Ledger } from './createLedger.ts'
import { depositStake } from './depositStake.ts'
import { readCall } from './readCall.ts'
import { readStake } from './readStake.ts'
import { accountOf, type Written, writeCall } from './sendCall.ts'

/**
 * Makes an admitted account a reporter that counts: deposits what its free stake lacks and locks it.
 *
 * Safe to repeat: a reporter is `already` one. @throws BalanceTooSmallError
 */
export async function enrollReporter(ledger: Ledger): Promise<enrollReporter.Result> {
  const action = 'enroll as a reporter'
  const account = accountOf(ledger, action).address
  const [reporters, needed, { free }] = await Promise.all([
    readCall(ledger, action, (client, { prices }) =>
      client.readContract({ abi: pricesAbi, address: prices, functionName: 'reporters' }),
    ),
    readCall(ledger, action, (client, { prices }) =>
      client.readContract({ abi: pricesAbi, address: prices, functionName: 'REPORTER_STAKE' }),
    ),
    readStake(ledger, { account }),
  ])
  if (reporters.includes(account)) return { already: true }
  if (free < needed) await depositStake(ledger, { amount: needed - free })
  const data = encodeFunctionData({ abi: pricesAbi, functionName: 'enroll' })
  return { already: false, ...(await writeCall(ledger, { to: ledger.deployment.addresses.prices, data }, action)) }
}

export declare namespace enrollReporter {
  type Result = ({ already: false } & Written) | { already: true }
}

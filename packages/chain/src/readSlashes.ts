import { stakesAbi } from '@hotaru/contracts'
import { type Address, type Hex, parseEventLogs } from 'viem'
import type { Ledger } from './createLedger.ts'
import { readCall } from './readCall.ts'

/** A slash and who got what of it, in token units: `amount` and `extra` together are the four parts. */
export type Slash = {
  account: Address
  /** Taken from the stake. */
  amount: bigint
  /** Unvested reward that was lost with it. */
  extra: bigint
  toRenter: bigint
  toReporter: bigint
  toVerifiers: bigint
  /** Nobody's: two thirds of it are burnt, a third is the treasury's. */
  rest: bigint
}

/** What a transaction slashed, in the order of its events. */
export async function readSlashes(ledger: Ledger, { hash }: { hash: Hex }): Promise<Slash[]> {
  const { logs } = await readCall(ledger, `read transaction "${hash}"`, (client) =>
    client.getTransactionReceipt({ hash }),
  )
  return parseEventLogs({ abi: stakesAbi, eventName: 'Slashed', logs }).map(({ args }) => {
    const { account, amount, extra, toRenter, toReporter, toVerifiers, rest } = args
    return { account, amount, extra, toRenter, toReporter, toVerifiers, rest }
  })
}

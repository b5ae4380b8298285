import { stakesAbi } from '@hotaru/contracts'
import type { Address } from 'viem'
import type { Ledger } from './createLedger.ts'
import { readCall } from './readCall.ts'

/** Stake of an account in token units: what it may withdraw or lock now, and all of it, what is in bonds included. */
export type Stake = { free: bigint; total: bigint }

/** Reads the stake of an account. */
export async function readStake(ledger: Ledger, { account }: { account: Address }): Promise<Stake> {
  const [free, total] = await readCall(ledger, 'read the stake', (client, { stakes }) => {
    const at = { abi: stakesAbi, address: stakes } as const
    return Promise.all([
      client.readContract({ ...at, functionName: 'free', args: [account] }),
      client.readContract({ ...at, functionName: 'totalOf', args: [account] }),
    ])
  })
  return { free, total }
}

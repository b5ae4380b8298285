import { leasesAbi } from '@hotaru/contracts'
import type { Address } from 'viem'
import type { Ledger } from './createLedger.ts'
import { readCall } from './readCall.ts'

/** The purse of an account, where rents and fees wait for it, and what is in it; undefined when it has none. */
export async function readPurse(
  ledger: Ledger,
  { account }: { account: Address },
): Promise<{ purse: bigint; amount: bigint } | undefined> {
  return readCall(ledger, `read the purse of "${account}"`, async (client, { leases }) => {
    const at = { abi: leasesAbi, address: leases } as const
    const purse = BigInt(await client.readContract({ ...at, functionName: 'purseNumber', args: [account] }))
    if (purse === 0n) return undefined
    const [, amount] = await client.readContract({ ...at, functionName: 'purseOf', args: [purse] })
    return { purse, amount }
  })
}

import type { TestLedger } from '@hotaru/chain/testing'
import { leasesAbi, tokenAbi } from '@hotaru/contracts'
import type { Address } from 'viem'
import { accounts, moneyed } from './Arena.ts'
import type { Party } from './LeaseModel.ts'
import type { LeasePicture, Picture } from './Picture.ts'

/** What the real contracts say one sees in the second `at`, the time of their last block. */
export async function readPicture(ledger: TestLedger, at: number): Promise<Picture> {
  const { client } = ledger.as(0)
  const { leases: address, token } = ledger.deployment.addresses
  const seen = { abi: leasesAbi, address, blockOverrides: { time: BigInt(at) } } as const
  const balanceOf = (account: Address) =>
    client.readContract({ abi: tokenAbi, address: token, functionName: 'balanceOf', args: [account] })
  const [leases, purses, wallets, held, pendingBurn, totalBurnt, burnBps, busySlots] = await Promise.all([
    client.readContract({ ...seen, functionName: 'leases', args: [1n, 10_000n] }),
    Promise.all([1n, 2n, 3n].map((purse) => client.readContract({ ...seen, functionName: 'purseOf', args: [purse] }))),
    Promise.all(moneyed.map((party) => balanceOf(ledger.account(accounts[party] ?? 0).address))),
    balanceOf(address),
    client.readContract({ ...seen, functionName: 'pendingBurn' }),
    client.readContract({ ...seen, functionName: 'totalBurnt' }),
    client.readContract({ ...seen, functionName: 'burnBps' }),
    Promise.all([1n, 2n].map((id) => client.readContract({ ...seen, functionName: 'busySlots', args: [id] }))),
  ])
  const names = new Map(moneyed.map((party): [Address, Party] => [ledger.account(accounts[party] ?? 0).address, party]))
  return {
    leases: leases.map((lease): LeasePicture => ({ ...lease, renter: names.get(lease.renter) ?? lease.renter })),
    wallets: Object.fromEntries(moneyed.map((party, index) => [party, wallets[index] ?? 0n])),
    purses: purses.map(([, amount]) => amount),
    ...{ held, pendingBurn, totalBurnt, burnBps, busySlots },
  }
}

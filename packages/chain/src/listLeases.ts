import { leasesAbi } from '@hotaru/contracts'
import type { Lease } from '@hotaru/protocol'
import { type Address, isAddressEqual } from 'viem'
import type { Ledger } from './createLedger.ts'
import { readCall } from './readCall.ts'
import { toLease } from './readLease.ts'

/**
 * Lists leases, newest first, optionally of one renter or one machine.
 *
 * Walks the ledger backwards in pages until `limit` fit: for a handful of one's own, not for statistics over all.
 */
export async function listLeases(ledger: Ledger, options: listLeases.Options = {}): Promise<Lease[]> {
  const { renter, machineId, limit = 100 } = options
  const fits = (lease: Lease) =>
    (renter === undefined || isAddressEqual(lease.renter, renter)) &&
    (machineId === undefined || lease.machineId === machineId)
  const found: Lease[] = []
  let last = await readCall(ledger, 'count the leases', (client, { leases }) =>
    client.readContract({ abi: leasesAbi, address: leases, functionName: 'count' }),
  )
  while (last > 0n && found.length < limit) {
    const first = last > pageLength ? last - pageLength + 1n : 1n
    const page = await readCall(ledger, 'list the leases', (client, { leases }) =>
      client.readContract({
        abi: leasesAbi,
        address: leases,
        functionName: 'leases',
        args: [first, last - first + 1n],
      }),
    )
    found.push(
      ...page
        .map((raw, index) => toLease(first + BigInt(index), raw))
        .reverse()
        .filter(fits),
    )
    last = first - 1n
  }
  return found.slice(0, limit)
}

export declare namespace listLeases {
  type Options = {
    renter?: Address | undefined
    machineId?: bigint | undefined
    /** @default 100 */
    limit?: number | undefined
  }
}

/** Some 400 bytes a lease: a page stays well below what public nodes answer. */
const pageLength = 200n

import { BaseError } from '@hotaru/base'
import { leasesAbi } from '@hotaru/contracts'
import { type Lease, leaseStates } from '@hotaru/protocol'
import type { ContractFunctionReturnType } from 'viem'
import type { Ledger } from './createLedger.ts'
import { readCall } from './readCall.ts'

/** Reads one lease as of the last block. @throws LeaseNotFoundError, UnreachableError */
export async function readLease(ledger: Ledger, { leaseId }: { leaseId: bigint }): Promise<Lease> {
  const action = `read lease "${leaseId}"`
  const raw = await readCall(ledger, action, (client, { leases }) =>
    client.readContract({ abi: leasesAbi, address: leases, functionName: 'lease', args: [leaseId] }),
  )
  if (raw.state === 0) throw new LeaseNotFoundError({ leaseId })
  return toLease(leaseId, raw)
}

/** The ledger's struct as the protocol's noun. */
export function toLease(id: bigint, raw: ContractFunctionReturnType<typeof leasesAbi, 'view', 'lease'>): Lease {
  const { state, duration, ...rest } = raw
  return { id, ...rest, state: leaseStates[state] ?? 'none', durationSeconds: duration }
}

export class LeaseNotFoundError extends BaseError {
  override readonly name = 'Ledger.LeaseNotFoundError'

  constructor({ leaseId }: { leaseId: bigint }) {
    super(`Cannot read lease "${leaseId}": there is none, expected one that was opened`, {
      facts: { leaseId },
      hint: '`hotaru lease list` shows yours',
    })
  }
}

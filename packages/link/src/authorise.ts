import { BaseError } from '@hotaru/base'
import {
  assertLeaseToken,
  decodeLeaseToken,
  type Lease,
  type Request,
  scopeOf,
  type TokenDomain,
} from '@hotaru/protocol'
import type { Address } from 'viem'
import type { Caller } from './serveExchange.ts'

/** A request about a lease. */
export type LeaseRequest = Extract<Request, { leaseId: string }>

/** What the ledger must say of a lease before anyone may touch it. */
export type LeaseFacts = Pick<Lease, 'machineId' | 'renter' | 'state'>

/**
 * Lets a request through only when the lease is of this machine and alive, and its renter, or a controller whom he set on the
 * ledger, signed a token for this verb and this very connection.
 *
 * @returns The lease as `findLease` gave it.
 * @throws `Link.UnknownLeaseError`, `LeaseToken.RefusedError`.
 */
export async function authorise<Found extends LeaseFacts>(
  request: LeaseRequest,
  caller: Pick<Caller, 'peer'>,
  options: authorise.Options<Found>,
): Promise<Found> {
  const { domain, machineId, nowSeconds, findLease } = options
  // The token is read first: a malformed one is not worth a question to the chain.
  const token = decodeLeaseToken(request.token)
  const leaseId = BigInt(request.leaseId)
  const lease = await findLease(leaseId)
  const isHere = lease?.machineId === machineId
  if (!lease || !isHere || lease.state === 'none' || lease.state === 'closed') {
    throw new UnknownLeaseError({ leaseId, machineId, state: isHere ? lease.state : 'none' })
  }
  const scope = scopeOf[request.verb]
  const expected = { domain, renter: lease.renter, leaseId, machineId, peer: caller.peer, scope, nowSeconds }
  const mayControl = options.mayControl && ((account: Address) => options.mayControl?.(leaseId, account) ?? no)
  await assertLeaseToken(token, { ...expected, mayControl })
  return lease
}

export declare namespace authorise {
  type Options<Found extends LeaseFacts> = {
    domain: TokenDomain
    /** This machine. */
    machineId: bigint
    nowSeconds: number
    /** What the ledger knows of a lease. */
    findLease: (leaseId: bigint) => Found | undefined | Promise<Found | undefined>
    /** Whether the ledger lets an account other than the renter steer a lease; asked only when one signed. @default no */
    mayControl?: ((leaseId: bigint, account: Address) => Promise<boolean>) | undefined
  }
}

const no = Promise.resolve(false)

export class UnknownLeaseError extends BaseError {
  override readonly name = 'Link.UnknownLeaseError'

  constructor({ leaseId, machineId, state }: { leaseId: bigint; machineId: bigint; state: string }) {
    super(`Cannot serve lease "${leaseId}": it is "${state}" on machine "${machineId}", expected an open lease`, {
      facts: { leaseId, machineId, state },
      hint: `hotaru lease show ${leaseId}`,
      exitCode: 4,
    })
  }
}

import { BaseError } from '@hotaru/base'
import { type Address, type Hex, isAddressEqual, recoverTypedDataAddress } from 'viem'
import { z } from 'zod'

/** What a token lets its bearer do with a lease. */
export const scopes = ['status', 'send', 'logs', 'exec', 'results', 'stop', 'prove'] as const
export type Scope = (typeof scopes)[number]

/**
 * The renter's short-lived permission for one lease, signed with the wallet (EIP-712).
 *
 * It names the peer id of the connection it is used on, so a token that leaks is of no use to anyone else; and the
 * chain and contract (in the domain), so it means nothing on another network.
 */
export type LeaseToken = {
  leaseId: bigint
  machineId: bigint
  /** libp2p peer id of the renter's end of the link. */
  peer: string
  scopes: readonly Scope[]
  /** Unix seconds. */
  expiresAt: number
  signature: Hex
}

/** The ledger a token belongs to. */
export type TokenDomain = { chainId: number; leases: Address }

/** The longest a token may live from now: clocks apart, a stolen laptop's token dies by itself. */
export const longestTokenSeconds = 15 * 60

/** Seconds that two honest clocks may be apart. */
export const clockSkewSeconds = 60

const wireSchema = z.strictObject({
  leaseId: z.string().regex(/^\d{1,78}$/),
  machineId: z.string().regex(/^\d{1,78}$/),
  peer: z.string().max(128),
  scopes: z.array(z.enum(scopes)).min(1).max(scopes.length),
  expiresAt: z.int(),
  signature: z.string().regex(/^0x[0-9a-f]{130}$/i),
})

/** The EIP-712 message of a token, for any wallet to sign. */
export function leaseTokenTypedData(token: Omit<LeaseToken, 'signature'>, domain: TokenDomain) {
  return {
    domain: { name: 'Hotaru Lease Token', version: '1', chainId: domain.chainId, verifyingContract: domain.leases },
    types: {
      LeaseToken: [
        { name: 'leaseId', type: 'uint256' },
        { name: 'machineId', type: 'uint256' },
        { name: 'peer', type: 'string' },
        { name: 'scopes', type: 'string' },
        { name: 'expiresAt', type: 'uint64' },
      ],
    },
    primaryType: 'LeaseToken',
    message: {
      leaseId: token.leaseId,
      machineId: token.machineId,
      peer: token.peer,
      scopes: token.scopes.join(' '),
      expiresAt: BigInt(token.expiresAt),
    },
  } as const
}

/** A token as JSON for the wire. */
export function encodeLeaseToken(token: LeaseToken): unknown {
  return { ...token, leaseId: token.leaseId.toString(), machineId: token.machineId.toString() }
}

/** Reads a token from the wire. Throws `LeaseToken.RefusedError` on anything malformed. */
export function decodeLeaseToken(input: unknown): LeaseToken {
  const result = wireSchema.safeParse(input)
  if (!result.success) throw new RefusedTokenError({ reason: 'malformed' })
  const { leaseId, machineId, signature, ...rest } = result.data
  return { ...rest, leaseId: BigInt(leaseId), machineId: BigInt(machineId), signature: signature as Hex }
}

/**
 * Checks everything about a token that does not need the ledger, then that `renter` signed it, or somebody whom he lets steer
 * the lease.
 *
 * @throws `LeaseToken.RefusedError` with the reason.
 */
export async function assertLeaseToken(token: LeaseToken, expected: assertLeaseToken.Expected): Promise<void> {
  const { domain, renter, leaseId, machineId, peer, scope, nowSeconds } = expected
  const refuse = (reason: string): never => {
    throw new RefusedTokenError({ reason })
  }
  if (token.leaseId !== leaseId) refuse('it is of another lease')
  if (token.machineId !== machineId) refuse('it is of another machine')
  if (token.peer !== peer) refuse('it was signed for another connection')
  if (!token.scopes.includes(scope)) refuse(`it does not allow "${scope}"`)
  if (token.expiresAt + clockSkewSeconds < nowSeconds) refuse('it has expired')
  if (token.expiresAt > nowSeconds + longestTokenSeconds + clockSkewSeconds) refuse('it lives too long')
  const signer = await recoverTypedDataAddress({
    ...leaseTokenTypedData(token, domain),
    signature: token.signature,
  }).catch(() => undefined)
  if (!signer) return refuse('the renter did not sign it')
  if (isAddressEqual(signer, renter)) return
  if (!(await expected.mayControl?.(signer))) refuse('the renter did not sign it')
}

export declare namespace assertLeaseToken {
  type Expected = {
    domain: TokenDomain
    renter: Address
    leaseId: bigint
    machineId: bigint
    /** The peer id the link authenticated. */
    peer: string
    scope: Scope
    nowSeconds: number
    /** Asks the ledger whether another account may steer the lease. @default nobody else may */
    mayControl?: ((account: Address) => Promise<boolean>) | undefined
  }
}

export class RefusedTokenError extends BaseError {
  override readonly name = 'LeaseToken.RefusedError'

  constructor({ reason }: { reason: string }) {
    super(`Cannot use the lease token: ${reason}, expected a fresh token signed by the renter for this connection`, {
      exitCode: 4,
      hint: 'the command line signs a new token by itself; check that the wallet is the one that opened the lease',
    })
  }
}

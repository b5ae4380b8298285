import { type LeaseToken, leaseTokenTypedData, longestTokenSeconds, type TokenDomain } from '@hotaru/protocol'
import type { Hex } from 'viem'

/** Whoever signs EIP-712 messages for the renter: a viem account, or a wallet behind one function. */
export type TokenSigner = { signTypedData(message: ReturnType<typeof leaseTokenTypedData>): Promise<Hex> }

/**
 * Signs a token for one lease and one connection; it dies by itself after `ttlSeconds`.
 *
 * @example
 * const token = await signLeaseToken({ account, leaseId, machineId, peer: connection.localPeer,
 *   scopes: ['send', 'logs'], domain, nowSeconds })
 */
export async function signLeaseToken(options: signLeaseToken.Options): Promise<LeaseToken> {
  const { account, domain, nowSeconds, ttlSeconds = longestTokenSeconds, ...named } = options
  const { leaseId, machineId, peer, scopes } = named
  const token = { leaseId, machineId, peer, scopes, expiresAt: nowSeconds + Math.min(ttlSeconds, longestTokenSeconds) }
  return { ...token, signature: await account.signTypedData(leaseTokenTypedData(token, domain)) }
}

export declare namespace signLeaseToken {
  type Options = Pick<LeaseToken, 'leaseId' | 'machineId' | 'peer' | 'scopes'> & {
    account: TokenSigner
    domain: TokenDomain
    nowSeconds: number
    /** Longer than `longestTokenSeconds` is cut to it. @default longestTokenSeconds */
    ttlSeconds?: number | undefined
  }
}

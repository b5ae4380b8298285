import type { Address, Hex, LocalAccount } from 'viem'

/**
 * The proof of a round of a `LocalBeacon`, signed by its signer as EIP-712.
 *
 * Whoever holds that key knows every round beforehand: for a network of one's own only.
 */
export function signBeaconRound({ account, chainId, beacon, round }: signBeaconRound.Parameters): Promise<Hex> {
  return account.signTypedData({
    domain: { name: 'Hotaru Local Beacon', version: '1', chainId, verifyingContract: beacon },
    types: { Round: [{ name: 'round', type: 'uint64' }] },
    primaryType: 'Round',
    message: { round },
  })
}

export declare namespace signBeaconRound {
  type Parameters = {
    /** The beacon's signer. */
    account: LocalAccount
    chainId: number
    beacon: Address
    /** From 1 on. */
    round: bigint
  }
}

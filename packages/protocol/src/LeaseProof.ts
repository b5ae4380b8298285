import type { Hex } from 'viem'
import type { TokenDomain } from './LeaseToken.ts'

/**
 * What a machine showed a renter in his own lease: a sprint of the proof (docs/proof.md), whose audit is the lease and whose
 * audit seed is zero. Its signature makes it evidence: the machine cannot say later that it gave another answer.
 */
export type LeaseProof = { leaseId: bigint; machineId: bigint; nonce: Hex; n: number; rounds: number; transcript: Hex }

/** The EIP-712 message that the machine key signs. */
export function leaseProofTypedData(proof: LeaseProof, domain: TokenDomain) {
  return {
    domain: { name: 'Hotaru Lease Proof', version: '1', chainId: domain.chainId, verifyingContract: domain.leases },
    types: {
      LeaseProof: [
        { name: 'leaseId', type: 'uint256' },
        { name: 'machineId', type: 'uint256' },
        { name: 'nonce', type: 'bytes32' },
        { name: 'n', type: 'uint32' },
        { name: 'rounds', type: 'uint32' },
        { name: 'transcript', type: 'bytes32' },
      ],
    },
    primaryType: 'LeaseProof',
    message: proof,
  } as const
}

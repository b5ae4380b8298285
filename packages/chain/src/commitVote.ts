import { committeesAbi } from '@hotaru/contracts'
import { encodeAbiParameters, encodeFunctionData, type Hex, keccak256 } from 'viem'
import type { Ledger } from './createLedger.ts'
import { accountOf, type Written, writeCall } from './sendCall.ts'

/** A member's vote and the salt that hides it until it is opened. */
export type Ballot = { committeeId: bigint; vote: Hex; salt: Hex }

/** Commits the account, a member, to its vote. Keep vote and salt before: without them it cannot be opened. */
export function commitVote(ledger: Ledger, ballot: Ballot): Promise<Written> {
  const { committeeId } = ballot
  const args = [committeeId, commitmentOf(ledger, ballot)] as const
  const data = encodeFunctionData({ abi: committeesAbi, functionName: 'commit', args })
  return writeCall(ledger, { to: ledger.deployment.addresses.committees, data }, `commit in committee "${committeeId}"`)
}

/** `Committees.commitmentOf` of the account: it binds chain, contract, committee, verifier, vote and salt. */
function commitmentOf(ledger: Ledger, { committeeId, vote, salt }: Ballot): Hex {
  const { chainId, addresses } = ledger.deployment
  const verifier = accountOf(ledger, 'commit to a vote').address
  return keccak256(
    encodeAbiParameters(commitmentParameters, [
      BigInt(chainId),
      addresses.committees,
      committeeId,
      verifier,
      vote,
      salt,
    ]),
  )
}

const commitmentParameters = [
  ...[{ type: 'uint256' }, { type: 'address' }, { type: 'uint256' }, { type: 'address' }, { type: 'bytes32' }],
  { type: 'bytes32' },
] as const

import { auditsAbi, drandBeaconAbi } from '@hotaru/contracts'
import type { Hex } from 'viem'
import type { Ledger } from './createLedger.ts'
import { readCall } from './readCall.ts'

/** The beacon round that picks the entries of an audit's transcript; undefined before it is posted. */
export async function readPickRound(ledger: Ledger, { auditId }: { auditId: bigint }): Promise<bigint | undefined> {
  const round = await readCall(ledger, `read the pick round of audit "${auditId}"`, (client, { audits }) =>
    client.readContract({ abi: auditsAbi, address: audits, functionName: 'pickRoundOf', args: [auditId] }),
  )
  return round === 0n ? undefined : round
}

/** What a round of the beacon is worth, by its proof; the ledger checks it. */
export function readRandomness(ledger: Ledger, { round, proof }: { round: bigint; proof: Hex }): Promise<Hex> {
  return readCall(ledger, `read round "${round}" of the beacon`, (client, { beacon }) =>
    client.readContract({ abi: drandBeaconAbi, address: beacon, functionName: 'randomness', args: [round, proof] }),
  )
}

import { faultsAbi } from '@hotaru/contracts'
import type { Hex } from 'viem'
import type { Ledger } from './createLedger.ts'
import { findBlockAt } from './findBlockAt.ts'
import { readFault } from './readFault.ts'
import { readSlashes, type Slash } from './readSlashes.ts'
import { walkBlocks } from './walkBlocks.ts'

/** How a fault's verdict was carried out: seconds away, what it cost, what went back to the renter of the lease. */
export type Penalty = { hash: Hex; seconds: number; taken: bigint; refunded: bigint; slashes: Slash[] }

/** Finds how a fault was carried out; undefined when it was not yet. */
export async function findPenalty(ledger: Ledger, { faultId }: { faultId: bigint }): Promise<Penalty | undefined> {
  const { state, verdictAt } = await readFault(ledger, { faultId })
  if (state !== 'executed') return undefined
  const from = await findBlockAt(ledger, verdictAt)
  const executed = await walkBlocks(ledger, { from }, async (range) => {
    const [log] = await ledger.client.getContractEvents({
      ...{ abi: faultsAbi, address: ledger.deployment.addresses.faults, eventName: 'Executed' },
      ...{ args: { faultId }, ...range, strict: true },
    })
    if (!log) return undefined
    const { seconds_, taken, refunded } = log.args
    return { hash: log.transactionHash, seconds: Number(seconds_), taken, refunded }
  })
  return executed && { ...executed, slashes: await readSlashes(ledger, executed) }
}

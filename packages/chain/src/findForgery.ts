import { auditsAbi } from '@hotaru/contracts'
import type { Address, Hex } from 'viem'
import type { Ledger } from './createLedger.ts'
import { findBlockAt } from './findBlockAt.ts'
import { readAudit } from './readAudit.ts'
import { readSlashes, type Slash } from './readSlashes.ts'
import { walkBlocks } from './walkBlocks.ts'

/** The proof that a transcript was forged: who brought it when, in which transaction, and what the machine lost by it. */
export type Forgery = { prover: Address; provedAt: number; hash: Hex; taken: bigint; slashes: Slash[] }

/** Finds the proof against a transcript; undefined when its audit is not forged. */
export async function findForgery(ledger: Ledger, { auditId }: { auditId: bigint }): Promise<Forgery | undefined> {
  const { state, finishedAt } = await readAudit(ledger, { auditId })
  if (state !== 'forged') return undefined
  const from = await findBlockAt(ledger, finishedAt)
  const proved = await walkBlocks(ledger, { from }, async (range) => {
    const [log] = await ledger.client.getContractEvents({
      ...{ abi: auditsAbi, address: ledger.deployment.addresses.audits, eventName: 'Forged' },
      ...{ args: { auditId }, ...range, strict: true },
    })
    if (!log) return undefined
    const { timestamp } = await ledger.client.getBlock({ blockNumber: log.blockNumber })
    return { prover: log.args.prover, provedAt: Number(timestamp), taken: log.args.taken, hash: log.transactionHash }
  })
  return proved && { ...proved, slashes: await readSlashes(ledger, proved) }
}

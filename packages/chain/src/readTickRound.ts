import { drandBeaconAbi } from '@hotaru/contracts'
import type { Ledger } from './createLedger.ts'
import { readCall } from './readCall.ts'

/**
 * The ticks whose hits can be brought at a second of the chain, by number, the oldest first: a tick has ten minutes
 * (`Audits.TICK_SECONDS`), and an hour to be brought in (`Audits.TICK_WINDOW`).
 */
export function openTicks(nowSeconds: number): number[] {
  const oldest = Math.ceil((nowSeconds - windowSeconds) / tickSeconds)
  return Array.from({ length: Math.floor(nowSeconds / tickSeconds) - oldest + 1 }, (_, index) => oldest + index)
}

/** The beacon round that says whom chance hits in a tick, the first that is published in it, and the unix second of that. */
export async function readTickRound(
  ledger: Ledger,
  { tick }: { tick: number },
): Promise<{ round: bigint; publishedAt: number }> {
  return readCall(ledger, `find the beacon round of tick "${tick}"`, async (client, { beacon }) => {
    const at = { abi: drandBeaconAbi, address: beacon } as const
    // The round after the second before: one that is published in the tick's first second counts.
    const before = BigInt(tick * tickSeconds - 1)
    const round = await client.readContract({ ...at, functionName: 'roundAfter', args: [before] })
    const publishedAt = await client.readContract({ ...at, functionName: 'timeOf', args: [round] })
    return { round, publishedAt: Number(publishedAt) }
  })
}

const tickSeconds = 600
const windowSeconds = 3600

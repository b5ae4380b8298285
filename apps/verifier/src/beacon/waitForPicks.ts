import type { Clock } from '@hotaru/base'
import { sleep } from '@hotaru/base/async'
import { type BeaconSource, type Ledger, readPickRound, readRandomness } from '@hotaru/chain'
import type { Hex } from 'viem'

/** Waits for the beacon's round that picks entries of a posted transcript: what it is worth. */
export async function waitForPicks(
  ledger: Ledger,
  auditId: bigint,
  { beacon, clock, signal }: waitForPicks.Options,
): Promise<Hex> {
  for (;;) {
    const round = await readPickRound(ledger, { auditId })
    const proof = round === undefined ? undefined : await beacon.proofOf(round)
    if (round !== undefined && proof !== undefined) return readRandomness(ledger, { round, proof })
    await sleep(everyMs, { signal, clock })
  }
}

export declare namespace waitForPicks {
  type Options = { beacon: BeaconSource; clock: Clock; signal?: AbortSignal | undefined }
}

/** drand has a round every three seconds. */
const everyMs = 1_000

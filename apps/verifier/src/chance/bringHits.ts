import type { Clock, Logger } from '@hotaru/base'
import { sleep } from '@hotaru/base/async'
import {
  type BeaconSource,
  countMachines,
  findHits,
  isRefusal,
  type Ledger,
  openTicks,
  RefusedError,
  readRandomness,
  readTickRound,
  readTime,
  requestAuditByChance,
} from '@hotaru/chain'
import { type Address, concat, type Hex, keccak256 } from 'viem'
import { repeat } from '../repeat.ts'

/**
 * Has those machines audited that chance demands, tick after tick; those of the last hour too, when it did not run in it.
 *
 * Nobody is paid for it and one call is enough, so each verifier waits for a turn of its own, another in each tick: who
 * comes later finds out before it pays that the hit was brought. So a restart brings nothing twice either.
 */
export async function bringHits(ledger: Ledger, options: bringHits.Options): Promise<void> {
  let brought = -1
  const bringOpen = async () => {
    for (const tick of openTicks(await readTime(ledger))) {
      if (tick <= brought) continue
      if (!(await bringTick(ledger, tick, options))) return
      brought = tick
    }
  }
  await repeat('audits by chance', bringOpen, { ...options, everyMs })
}

export declare namespace bringHits {
  type Options = { beacon: BeaconSource; signal: AbortSignal; log: Logger; clock: Clock }
}

/** Brings all hits of a tick; false while its round is not out. */
async function bringTick(ledger: Ledger, tick: number, options: bringHits.Options): Promise<boolean> {
  const { beacon, signal, clock, log } = options
  const { round, publishedAt } = await readTickRound(ledger, { tick })
  const proof = await beacon.proofOf(round)
  if (proof === undefined || publishedAt > (await readTime(ledger))) return false
  const randomness = await readRandomness(ledger, { round, proof })
  await sleep(turnMsOf(randomness, ledger.wallet?.account.address ?? '0x'), { signal, clock })
  const count = await countMachines(ledger)
  for (let first = 1n; first <= count; first += pageLength) {
    const length = Number(count - first < pageLength ? count - first + 1n : pageLength)
    const machineIds = Array.from({ length }, (_, index) => first + BigInt(index))
    for (const machineId of findHits({ randomness, machineIds }))
      await bring(ledger, { machineId, round, proof }, options)
    // An exam may be timed in this very process: nothing may hold its clock up.
    await sleep(0, { signal, clock })
  }
  log.debug('tick looked through', { tick, round, machines: count })
  return true
}

type Hit = { machineId: bigint; round: bigint; proof: Hex }

async function bring(ledger: Ledger, { machineId, round, proof }: Hit, { log }: bringHits.Options): Promise<void> {
  try {
    const { auditId } = await requestAuditByChance(ledger, { machineId, round, beaconProof: proof })
    log.info('audit requested by chance', { auditId, machineId, round })
  } catch (error) {
    // Without an answer of the ledger the whole tick is tried again.
    if (!(error instanceof RefusedError)) throw error
    if (!isRefusal(error, ...needless)) log.warn('audit by chance refused', { machineId, round, error })
  }
}

/** Brought by another, being audited anyway, gone, or too late. */
const needless = [
  ...(['Audits_TickUsed', 'Audits_InProgress', 'Audits_MachineNotOnNetwork', 'Audits_TickNotNow'] as const),
] as const

/** How long after it has seen a tick it is this verifier's turn. */
function turnMsOf(randomness: Hex, account: Address): number {
  return Number(BigInt(keccak256(concat([randomness, account]))) % turnsMs)
}

const turnsMs = 60_000n
const everyMs = 10_000
/** Hashes of some milliseconds. */
const pageLength = 500n

import type { Clock, Logger } from '@hotaru/base'
import {
  isRefusal,
  type Ledger,
  listMachineSites,
  type MachineSite,
  readPairableAt,
  readTime,
  requestPairAudit,
} from '@hotaru/chain'
import { repeat } from '../repeat.ts'
import { pickSuspects } from './pickSuspects.ts'

/**
 * Has two machines that may be one device audited side by side, now and then: a card cannot answer for two at the same time.
 *
 * About once a day, at a moment that nobody foresees, and only where there are suspects. The ledger allows no more.
 */
export async function suspectPairs(ledger: Ledger, options: suspectPairs.Options): Promise<void> {
  const { randomBelow } = options
  const tryLuck = async () => {
    if (randomBelow(lookOdds) === 0) await suspectPair(ledger, options)
  }
  await repeat('suspects', tryLuck, { ...options, everyMs })
}

export declare namespace suspectPairs {
  type Options = {
    /** A whole number from 0 to below `limit`, by chance. */
    randomBelow(limit: number): number
    signal: AbortSignal
    log: Logger
    clock: Clock
  }
}

async function suspectPair(ledger: Ledger, { randomBelow, log }: suspectPairs.Options): Promise<void> {
  const verifier = ledger.wallet?.account.address ?? '0x'
  if ((await readTime(ledger)) < (await readPairableAt(ledger, { verifier }))) return
  const sites: MachineSite[] = []
  for await (const site of listMachineSites(ledger)) sites.push(site)
  const machineIds = pickSuspects(sites, randomBelow)
  if (!machineIds) return
  try {
    const { auditIds } = await requestPairAudit(ledger, { machineIds })
    log.info('suspects audited side by side', { machineIds, auditIds })
  } catch (error) {
    if (!isRefusal(error, ...another)) throw error
  }
}

/** Another time: one of them is being audited, or may still turn out to be a ringer, or has just left. */
const another = [
  ...(['Audits_InProgress', 'Audits_TooSoon', 'Audits_MachineNotOnNetwork', 'Audits_PairTooSoon'] as const),
] as const

/** A look each ten minutes, one of 144 with luck: one a day. */
const everyMs = 600_000
const lookOdds = 144

import type { Audit, Committee } from '@hotaru/chain'
import { decodeVerdict, readMeasured } from '@hotaru/protocol'
import type { Parts } from './createChainRecords.ts'
import type { MachineMeasured } from './Records.ts'

/**
 * Finds what the last committee that passed a machine measured; undefined when none did, or when what it passed was forged.
 *
 * @param latest The machine's latest audit. Where that one did not pass, the ones before are looked through.
 */
export async function findMeasured({ chain, ledger }: Parts, latest: Audit): Promise<MachineMeasured | undefined> {
  const audits = latest.state === 'passed' ? [latest] : await chain.listAudits(ledger, { machineId: latest.machineId })
  const passed = audits.find(({ state }) => state === 'passed')
  if (!passed) return undefined
  const committee = await chain.readCommittee(ledger, { committeeId: passed.committeeId })
  const regions = await chain.readRegions(ledger, committee.members)
  const measured = readMeasured(committee.votes.flatMap(({ vote }) => decodeVerdict(vote) ?? []))
  return { auditId: passed.id, at: passed.finishedAt, nearest: findNearest(committee, regions), ...measured }
}

function findNearest({ members, votes }: Committee, regions: readonly number[]): MachineMeasured['nearest'] {
  const seen = votes.flatMap(({ verifier, vote }) => {
    const verdict = decodeVerdict(vote)
    if (!verdict?.passed || verdict.network.rttBand === 0) return []
    return { rttBand: verdict.network.rttBand, region: regions[members.indexOf(verifier)] ?? 0 }
  })
  return seen.toSorted((a, b) => a.rttBand - b.rttBand)[0]
}

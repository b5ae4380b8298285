import type { Audit, Committee } from '@hotaru/chain'
import { decodeVerdict, readMeasured } from '@hotaru/protocol'
import type { MachineMeasured } from './Records.ts'

/**
 * What a committee that passed a machine measured of its line and disk.
 *
 * @param regions Where each member of the committee looks from, in the order of the draw.
 */
export function toMeasured(audit: Audit, committee: Committee, regions: readonly number[]): MachineMeasured {
  const seen = committee.votes.map(({ verifier, vote }) => ({ verifier, verdict: decodeVerdict(vote) }))
  const [nearest] = seen
    .flatMap(({ verifier, verdict }) =>
      verdict?.passed
        ? [{ rttBand: verdict.network.rttBand, region: regions[committee.members.indexOf(verifier)] ?? 0 }]
        : [],
    )
    .filter(({ rttBand }) => rttBand > 0)
    .toSorted((a, b) => a.rttBand - b.rttBand)
  const measured = readMeasured(seen.flatMap(({ verdict }) => verdict ?? []))
  return { auditId: audit.id, at: audit.finishedAt, nearest, ...measured }
}

import { type Class, toBand } from '@hotaru/protocol'
import type { Acceptance } from '@hotaru/sdk/acceptance'

/** What a visit says against a machine's class, in words; undefined when nothing. */
export function judgeVisit(
  measured: Class,
  seen: { fault: { reason: string } } | Pick<Extract<Acceptance, { accepted: object }>, 'accepted'>,
): string | undefined {
  if ('fault' in seen) return `its answer is wrong: ${seen.fault.reason}`
  const shown = seen.accepted[measured.kind]
  if (!shown) return `it has no ${measured.kind}`
  const band = toBand(shown.multiplyAddsPerSecond)
  if (band >= measured.computeBand - lenientBands) return undefined
  return `it computes in band ${band}, its class says ${measured.computeBand}`
}

/** Half as fast: whoever is below is no longer a matter of what came before the sprint, or of a busy neighbour. */
const lenientBands = 2

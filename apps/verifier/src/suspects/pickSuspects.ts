import type { MachineSite } from '@hotaru/chain'

/**
 * Two machines that may be one device shown twice, by chance among all of them: they have one owner or one host, and were
 * measured to be just alike. Undefined when there are none.
 *
 * @param randomBelow A whole number from 0 to below `limit`.
 */
export function pickSuspects(
  sites: Iterable<MachineSite>,
  randomBelow: (limit: number) => number,
): readonly [bigint, bigint] | undefined {
  const groups = new Map<string, bigint[]>()
  for (const site of sites)
    for (const group of groupsOf(site)) {
      const ids = groups.get(group)
      if (ids) ids.push(site.id)
      else groups.set(group, [site.id])
    }
  const alike = [...groups.values()].filter((ids) => ids.length > 1)
  const total = alike.reduce((sum, { length }) => sum + length, 0)
  if (total === 0) return undefined
  let at = randomBelow(total)
  // A large group has as many chances as it has machines, so that none hides among many.
  for (const ids of alike) {
    const one = ids[at]
    if (one === undefined) {
      at -= ids.length
      continue
    }
    const others = ids.filter((id) => id !== one)
    return [one, others[randomBelow(others.length)] as bigint]
  }
  return undefined
}

/** Who has left, or has no class, is alike to nobody. */
function groupsOf({ owner, endpoint, state, class: measured }: MachineSite): string[] {
  if (state === 'none' || state === 'exited' || measured === undefined) return []
  const { kind, computeBand, memoryBand } = measured
  const places = [owner.toLowerCase(), hostOf(endpoint)].filter((place) => place !== undefined)
  return places.map((place) => `${place} ${kind} ${computeBand} ${memoryBand}`)
}

/** The host of a multiaddr; undefined when it begins with none. */
function hostOf(endpoint: string): string | undefined {
  return /^\/(?:ip4|ip6|dns|dns4|dns6|dnsaddr)\/([^/]+)/.exec(endpoint)?.[1]?.toLowerCase()
}

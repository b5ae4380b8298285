import { formatSeconds, formatUsd, tiers } from '@hotaru/protocol'
import { type Criterion, countFree, criteria } from './judgeOffer.ts'
import type { Ranked } from './rankOffers.ts'
import type { Wish } from './Wish.ts'

/**
 * Says why nothing fits: first what stands alone between a machine and the wish, since that is what a renter can
 * change, then what the rest lacks.
 */
export function explainMisses(missing: readonly Ranked[], wish: Wish): string[] {
  if (missing.length === 0) return ['no machine is registered on this network']
  const near = new Map<Criterion, Ranked[]>()
  const far: Ranked[] = []
  for (const ranked of missing) {
    const failed = ranked.reasons.filter((reason) => !reason.fits)
    const only = failed.length === 1 ? failed[0] : undefined
    if (only) near.set(only.criterion, [...(near.get(only.criterion) ?? []), ranked])
    else far.push(ranked)
  }
  // Another machine than the one asked for is not a near miss that anybody wants to read about.
  const sentences = [...near]
    .filter(([criterion]) => criterion !== 'machine')
    .sort(([a], [b]) => changeable.indexOf(a) - changeable.indexOf(b))
    .map(([criterion, group]) => sentenceOf(criterion, group, wish))
  if (wish.machineId !== undefined && !missing.some(({ machine }) => machine.id === wish.machineId))
    sentences.unshift(`machine ${wish.machineId} is not registered on this network`)
  if (wish.machineId === undefined && far.length > 0) sentences.push(sentenceOfFar(far))
  if (wish.machineId !== undefined) sentences.push(...sentencesOfOne(far, wish.machineId))
  return sentences
}

/** What a renter can change himself comes first. */
const changeable: readonly Criterion[] = ['price', 'time', 'slots', 'tier', 'kind', 'audit', 'online', 'machine']

function sentenceOf(criterion: Criterion, group: readonly Ranked[], wish: Wish): string {
  const machines = group.map(({ machine }) => machine)
  const one = group.length === 1
  const fit = `${count(group)} but for ${names[criterion]}`
  switch (criterion) {
    case 'price': {
      // Misses come sorted by price.
      const cheapest = machines[0]?.offer.usdPerSlotHour ?? 0n
      return `${fit}: ${one ? 'it' : 'the cheapest'} asks ${formatUsd(cheapest)}, you offered ${formatUsd(wish.maxUsdPerSlotHour ?? 0n)}`
    }
    case 'time': {
      const shortest = Math.min(...machines.map(({ offer }) => offer.minSeconds))
      const longest = Math.max(...machines.map(({ offer }) => offer.maxSeconds))
      return `${fit}: ${one ? 'it leases' : 'they lease'} for ${formatSeconds(shortest)} to ${formatSeconds(longest)}, you want ${formatSeconds(wish.minSeconds ?? 0)}`
    }
    case 'slots': {
      const most = Math.max(...machines.map(countFree))
      return `${fit}: ${one ? 'it has' : 'the most on one machine are'} ${most}, you want ${wish.slots ?? 1}`
    }
    case 'tier':
      return `${fit}: ${one ? 'it has' : 'the strongest is'} "${strongest(group)}", you want "${wish.tier}"`
    case 'kind':
      return `${fit}: ${one ? 'it is not' : 'none is'} measured as "${wish.kind}"`
    case 'audit':
      return `${fit}: no verifier vouches for ${one ? 'it' : 'them'} now`
    default:
      return `${fit}: ${one ? 'it is paused or was not heard of lately' : 'they are paused or were not heard of lately'}`
  }
}

const names: Readonly<Record<Criterion, string>> = {
  machine: 'their number',
  online: 'being online',
  audit: 'a fresh audit',
  kind: 'the kind',
  slots: 'free slots',
  tier: 'the wall around workloads',
  time: 'the time',
  price: 'the price',
}

function count(group: readonly Ranked[]): string {
  return group.length === 1 ? '1 machine fits' : `${group.length} machines fit`
}

function strongest(group: readonly Ranked[]): string {
  return tiers[Math.max(...group.map(({ machine }) => tiers.indexOf(machine.offer.tier)))] ?? 'process'
}

function sentenceOfFar(far: readonly Ranked[]): string {
  const lacking = criteria.filter((criterion) =>
    far.some(({ reasons }) => reasons.some((reason) => !reason.fits && reason.criterion === criterion)),
  )
  const machines = far.length === 1 ? '1 more machine lacks' : `${far.length} more machines lack`
  return `${machines} several things: ${lacking.map((criterion) => names[criterion]).join(', ')}`
}

function sentencesOfOne(far: readonly Ranked[], machineId: bigint): string[] {
  const asked = far.find(({ machine }) => machine.id === machineId)
  if (!asked) return []
  return asked.reasons.filter((reason) => !reason.fits).map((reason) => `machine ${machineId} ${reason.text}`)
}

import type { Component } from '../engine/Engine.ts'
import { type Advisory, advisories } from './advisories.ts'

/** A hole that is open here. */
export type OpenHole = { id: string; component: string; version: string; safe: string; what: string }

/**
 * Holes of the table that the components of this machine have.
 *
 * Distributions close holes without changing the version: `isFixedByDistribution` says whether the package's own change
 * log names the hole. A version that cannot be read counts as below every other.
 */
export function judgeVersions(
  components: Readonly<Record<string, Component>>,
  options: judgeVersions.Options = {},
): OpenHole[] {
  const { accepted = [], isFixedByDistribution = () => false } = options
  return advisories.flatMap((advisory) => {
    const component = components[advisory.component]
    if (component === undefined || isSafe(component.version, advisory)) return []
    if (accepted.includes(advisory.id) || isFixedByDistribution(advisory.component, advisory.id)) return []
    const safe = advisory.fixed.join(' or ')
    return [{ id: advisory.id, component: advisory.component, version: component.version, safe, what: advisory.what }]
  })
}

export declare namespace judgeVersions {
  type Options = {
    /** Holes the owner of the machine takes the risk of. */
    accepted?: readonly string[] | undefined
    isFixedByDistribution?: ((component: string, id: string) => boolean) | undefined
  }
}

function isSafe(version: string, { fixed }: Advisory): boolean {
  const mine = parse(version)
  const branches = fixed.map(parse)
  const newest = branches.at(-1) ?? [0, 0, 0]
  const own = branches.find((branch) => branch[0] === mine[0] && branch[1] === mine[1])
  return compare(mine, own ?? newest) >= 0
}

type Version = [number, number, number]

function parse(version: string): Version {
  const match = /^v?(\d+)\.(\d+)(?:\.(\d+))?(-rc|~rc|-beta|-alpha)?/.exec(version)
  if (match === null) return [0, 0, 0]
  const [, major, minor, patch, early] = match
  // What comes before a release is below it.
  return [Number(major), Number(minor), Number(patch ?? 0) - (early === undefined ? 0 : 0.5)]
}

function compare(a: Version, b: Version): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2]
}

import { formatTokens } from '@hotaru/protocol'
import type { Slash } from '@hotaru/sdk'

/** Who got what of slashes, one line a part; parts that are nothing are left out. */
export function slashFields(slashes: readonly Slash[]): (readonly [string, string])[] {
  const sum = (part: (slash: Slash) => bigint) => slashes.reduce((total, slash) => total + part(slash), 0n)
  const parts = [
    ['  of the stake', sum(({ amount }) => amount)],
    ['  of unvested rewards', sum(({ extra }) => extra)],
    ['  to the renter', sum(({ toRenter }) => toRenter)],
    ['  to the reporter', sum(({ toReporter }) => toReporter)],
    ['  to verifiers', sum(({ toVerifiers }) => toVerifiers)],
    ['  to fire and treasury', sum(({ rest }) => rest)],
  ] as const
  return parts.filter(([, amount]) => amount > 0n).map(([name, amount]) => [name, formatTokens(amount)] as const)
}

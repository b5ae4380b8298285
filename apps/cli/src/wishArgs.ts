import { parseSeconds, parseUsd, type Tier, tiers } from '@hotaru/protocol'
import type { Wish } from '@hotaru/sdk'
import { UsageError } from './parseCommand.ts'
import { parseCount, parseId } from './parseNumber.ts'

/** Flags that say what machine is wanted; `offer search` and `run` have them. */
export const wishArgs = {
  kind: { type: 'string', valueHint: 'cpu|gpu', description: 'What the audit measured' },
  slots: { type: 'string', valueHint: 'count', description: 'Slots at once on one machine (default: 1)' },
  maxPrice: { type: 'string', valueHint: 'usd', description: 'US dollars for one slot and hour, at the most' },
  tier: {
    type: 'string',
    valueHint: tiers.join('|'),
    description: 'The weakest wall around the workload that will do',
  },
  machine: { type: 'string', valueHint: 'number', description: 'Only this machine' },
} as const

/** The flags as they come. */
export type WishFlags = Partial<Record<keyof typeof wishArgs | 'time', string | undefined>>

/** Reads the flags into a wish. Throws `Cli.UsageError`, `Units.InvalidAmountError`. */
export function parseWish(flags: WishFlags): Wish {
  const { kind, slots, maxPrice, tier, machine, time } = flags
  if (kind !== undefined && kind !== 'cpu' && kind !== 'gpu')
    throw new UsageError({ reason: `kind "${kind}" is neither "cpu" nor "gpu"` })
  if (tier !== undefined && !isTier(tier))
    throw new UsageError({ reason: `tier "${tier}" is none of "${tiers.join('", "')}"` })
  return {
    kind,
    tier,
    slots: slots === undefined ? undefined : parseCount(slots, 'slots'),
    maxUsdPerSlotHour: maxPrice === undefined ? undefined : parseUsd(maxPrice),
    machineId: machine === undefined ? undefined : parseId(machine, 'machine'),
    minSeconds: time === undefined ? undefined : parseSeconds(time),
  }
}

function isTier(text: string): text is Tier {
  return (tiers as readonly string[]).includes(text)
}

import { formatSeconds, formatUsd, type Machine, tiers } from '@hotaru/protocol'
import type { Wish } from './Wish.ts'

/** What is looked at, in the order in which a person would ask. */
export const criteria = ['machine', 'online', 'audit', 'kind', 'slots', 'tier', 'time', 'price'] as const
export type Criterion = (typeof criteria)[number]

/** One criterion, met or not, in words that are shown as they are. */
export type Reason = { criterion: Criterion; fits: boolean; text: string }

/** A machine is taken for gone when it was silent this long: `SILENCE_LIMIT` of Machines.sol. */
export const silenceLimitSeconds = 3600

/** Holds one machine's offer against a wish: every criterion that matters, with its reason. Pure. */
export function judgeOffer(machine: Machine, wish: Wish, nowSeconds: number): Reason[] {
  const { offer } = machine
  const { slots = 1 } = wish
  const reasons: (Reason | undefined)[] = [
    wish.machineId === undefined
      ? undefined
      : reason('machine', machine.id === wish.machineId, `is not the one you asked for`),
    judgeOnline(machine, nowSeconds),
    reason('audit', isAudited(machine, nowSeconds), auditText(machine, nowSeconds)),
    wish.kind && machine.class
      ? reason('kind', machine.class.kind === wish.kind, `is a ${machine.class.kind} machine, you want ${wish.kind}`)
      : undefined,
    reason(
      'slots',
      countFree(machine) >= slots,
      `has ${countFree(machine)} of ${machine.slots} slots free, you want ${slots}`,
    ),
    wish.tier
      ? reason(
          'tier',
          tiers.indexOf(offer.tier) >= tiers.indexOf(wish.tier),
          `has the wall "${offer.tier}", you want "${wish.tier}"`,
        )
      : undefined,
    wish.minSeconds === undefined ? undefined : judgeTime(machine, wish.minSeconds),
    wish.maxUsdPerSlotHour === undefined
      ? undefined
      : reason(
          'price',
          offer.usdPerSlotHour <= wish.maxUsdPerSlotHour,
          `asks ${formatUsd(offer.usdPerSlotHour)}, you offered ${formatUsd(wish.maxUsdPerSlotHour)}`,
        ),
  ]
  return reasons.filter((entry) => entry !== undefined)
}

/** How many slots no lease holds. */
export function countFree(machine: Machine): number {
  let free = 0
  for (let slot = 0n; slot < BigInt(machine.slots); slot++) if (!((machine.busySlots >> slot) & 1n)) free++
  return free
}

/** The lowest `count` free slots as a set, slot i is bit i. */
export function pickSlots(machine: Machine, count: number): bigint {
  let picked = 0n
  let left = count
  for (let slot = 0n; slot < BigInt(machine.slots) && left > 0; slot++) {
    if ((machine.busySlots >> slot) & 1n) continue
    picked |= 1n << slot
    left--
  }
  return picked
}

function judgeOnline(machine: Machine, nowSeconds: number): Reason {
  const silentSeconds = Math.max(0, nowSeconds - machine.lastSeen)
  if (machine.state !== 'online') return reason('online', false, `is ${machine.state}`)
  return reason('online', silentSeconds < silenceLimitSeconds, `was seen ${formatSeconds(silentSeconds)} ago`)
}

function isAudited(machine: Machine, nowSeconds: number): boolean {
  return machine.class !== undefined && machine.classValidUntil > nowSeconds
}

function auditText(machine: Machine, nowSeconds: number): string {
  if (!machine.class) return 'was never audited'
  return isAudited(machine, nowSeconds)
    ? `is audited, valid for ${formatSeconds(machine.classValidUntil - nowSeconds)}`
    : `has an audit that ran out ${formatSeconds(nowSeconds - machine.classValidUntil)} ago`
}

function judgeTime({ offer }: Machine, wantedSeconds: number): Reason {
  const fits = wantedSeconds >= offer.minSeconds && wantedSeconds <= offer.maxSeconds
  const span = `${formatSeconds(offer.minSeconds)} to ${formatSeconds(offer.maxSeconds)}`
  return reason('time', fits, `leases for ${span}, you want ${formatSeconds(wantedSeconds)}`)
}

function reason(criterion: Criterion, fits: boolean, text: string): Reason {
  return { criterion, fits, text }
}

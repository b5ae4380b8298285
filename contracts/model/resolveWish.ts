import { renters } from './Arena.ts'
import type { Command } from './applyCommand.ts'
import { acceptWindow, type LeaseModel, type LedgerModel, type Party, startWindow } from './LeaseModel.ts'
import { busySlots } from './openLease.ts'
import type { Odd, Wish } from './wishes.ts'

/** What a wish comes to on this ledger: commands, one after the other, in the second `now` or a little later. */
export function resolveWish(wish: Exclude<Wish, { kind: 'travel' }>, model: LedgerModel, now: number): Command[] {
  switch (wish.kind) {
    case 'edge':
      return resolveWish({ kind: wish.act, lease: wish.lease, wrong: wish.lease % 9 === 1 }, model, now)
    case 'open': {
      const machineId = BigInt(wish.machine + 1)
      const { seconds: duration, fee, odd } = wish
      const { terms } = requireMachine(model, machineId)
      const preemptible = (wish.preemptible && terms.preemptible) || terms.usdPerSlotHour === 0n
      const slots = someFree(model, wish, now)
      const withOperator = fee >= 0
      const opening = { machineId, slots, duration, preemptible, withOperator, feeBps: BigInt(Math.max(fee, 0)) }
      const opened = openAs(model, { ...opening, over: undefined }, { ...{ odd, now }, by: wish.by })
      const { key } = requireMachine(model, machineId)
      return wish.start ? [...opened, { kind: 'start', by: key, leaseId: BigInt(model.leases.length + 1) }] : opened
    }
    case 'openOver': {
      const [leaseId, old] = pick(
        ...([model, wish.lease] as const),
        ({ preemptible, phase, endsAt }) =>
          preemptible && (phase === 'begun' ? now < endsAt : wish.lease % 4 === 0 && phase === 'open'),
      )
      const common = { duration: wish.seconds, preemptible: false, withOperator: false, feeBps: 0n, over: [leaseId] }
      const machineId = old?.machineId ?? 1n
      const more =
        wish.slots % 2 === 0 ? someFree(model, { machine: Number(machineId) - 1, slots: wish.slots }, now) : 0n
      const opened = openAs(model, { ...common, slots: more | (old?.slots ?? 1n), machineId }, { ...wish, now })
      const cancel: Command = {
        kind: 'close',
        by: renters[wish.by] ?? 'stranger',
        leaseId: BigInt(model.leases.length + 1),
      }
      return wish.cancel ? [...opened, cancel] : opened
    }
    case 'start':
    case 'end':
    case 'preempt':
      return [{ kind: wish.kind, ...machineSide(model, wish, now) }]
    case 'close':
    case 'settle':
    case 'reject':
      return [{ kind: wish.kind, ...renterSide(model, wish, now) }]
    case 'extend':
      return [{ kind: 'extend', ...renterSide(model, wish, now), seconds: wish.seconds }]
    case 'withdraw':
      return [{ kind: 'withdraw', by: 'stranger', purse: wish.purse }]
    case 'burn':
      return [{ kind: 'burn', by: 'stranger' }]
    case 'price':
      return [{ kind: 'price', usdPerToken: BigInt(wish.usdPerToken), observedAt: now }]
    default:
      return ofMachine(model, wish)
  }
}

/** The second in which the next window of a lease closes; undefined when none does. */
export function nextEdge({ leases }: LedgerModel, leaseId: bigint, now: number): number | undefined {
  const lease = leases[Number(leaseId) - 1]
  if (!lease) return undefined
  const { opensAt, paidTo, endsAt, phase } = lease
  const edges = phase === 'open' ? [opensAt, opensAt + startWindow] : [paidTo + acceptWindow, endsAt]
  return edges.find((edge) => edge > now)
}

/** Mostly slots that the machine has and that nobody holds. */
function someFree(model: LedgerModel, { machine, slots }: { machine: number; slots: number }, now: number): bigint {
  const machineId = BigInt(machine + 1)
  const all = (1n << BigInt(requireMachine(model, machineId).slots)) - 1n
  const free = BigInt(slots) & all & ~busySlots(model, machineId, now)
  return free === 0n || slots === 13 ? BigInt(slots) : free
}

function ofMachine(model: LedgerModel, wish: Extract<Wish, { kind: 'beat' | 'sell' | 'offer' | 'audit' }>): Command[] {
  const machineId = BigInt(wish.machine + 1)
  const { owner, key, slots } = requireMachine(model, machineId)
  switch (wish.kind) {
    case 'beat':
      return [{ kind: 'beat', by: key, machineId }]
    case 'sell':
      return [{ kind: 'sell', by: owner, machineId, to: owner === 'owner A' ? 'owner B' : 'owner A' }]
    case 'offer':
      return [{ kind: 'offer', by: owner, machineId, terms: wish.terms }]
    case 'audit':
      return [{ kind: 'audit', machineId, slots: Math.min(wish.slots, slots) }]
  }
}

type Opening = Omit<Extract<Command, { kind: 'open' }>, 'kind' | 'by' | 'sawOldTerms' | 'maxRate'>

/** Most renters look at a machine that is alive and at a price that is fresh. */
function openAs(
  model: LedgerModel,
  opening: Opening,
  { by, odd, now }: { by: number; odd: Odd; now: number },
): Command[] {
  const { key, lastSeen } = requireMachine(model, opening.machineId)
  const before: Command[] = []
  if (odd !== 'unprepared' && now > lastSeen + 3000)
    before.push({ kind: 'beat', by: key, machineId: opening.machineId })
  if (odd !== 'unprepared' && now > model.priceFreshUntil - 600)
    before.push({ kind: 'price', usdPerToken: model.usdPerToken, observedAt: now })
  const maxRate = odd === 'lowRate' ? 1n : 2n ** 128n - 1n
  const by_ = renters[by] ?? 'stranger'
  return [...before, { kind: 'open', ...opening, by: by_, sawOldTerms: odd === 'oldTerms', maxRate }]
}

function machineSide(model: LedgerModel, wish: { kind: string; lease: number; wrong: boolean }, now: number) {
  const [leaseId, lease] = pick(model, wish.lease, (each) =>
    wish.kind === 'start'
      ? each.phase === 'open' && now < each.opensAt + startWindow
      : wish.kind === 'end' || each.preemptible,
  )
  const { key, owner } = requireMachine(model, lease?.machineId ?? 1n)
  const right = wish.lease % 2 === 0 ? key : owner
  return { leaseId, by: wish.wrong ? 'renter A' : right }
}

function renterSide(
  model: LedgerModel,
  wish: { kind: string; lease: number; wrong: boolean },
  now: number,
): { leaseId: bigint; by: Party } {
  const fits = ({ phase, opensAt }: LeaseModel) =>
    // Of what is closed, one that waits for another's notice is the rarest.
    wish.kind === 'close' ? wish.lease % 3 !== 0 || (phase === 'open' && now < opensAt) : phase === 'begun'
  const [leaseId, lease] = pick(model, wish.lease, fits)
  return { leaseId, by: wish.wrong ? 'stranger' : (lease?.renter ?? 'stranger') }
}

/** One of the latest leases, best one that `fits`; now and then one that does not exist. */
function pick(
  { leases }: LedgerModel,
  seed: number,
  fits: (lease: LeaseModel) => boolean,
): [bigint, LeaseModel | undefined] {
  if (leases.length === 0 || seed % 50 === 0) return [BigInt(leases.length + 1), undefined]
  const latest = leases.map((lease, index) => ({ lease, leaseId: BigInt(index + 1) })).slice(-8)
  const fitting = latest.filter(({ lease }) => fits(lease))
  const among = fitting.length > 0 && seed % 10 !== 0 ? fitting : latest
  const found = among[seed % among.length]
  return [found?.leaseId ?? 0n, found?.lease]
}

function requireMachine({ machines }: LedgerModel, machineId: bigint) {
  const machine = machines[Number(machineId) - 1]
  if (!machine) throw new Error(`the model has no machine "${machineId}"`)
  return machine
}

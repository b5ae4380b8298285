import { formatSeconds, formatTokens, formatUsd, type Machine } from '@hotaru/protocol'
import type { ClaimDetail, Classified, MachineDetail } from '@hotaru/sdk'
import { describeBands, describeClass, describeJudgement } from './describeClass.ts'
import { describeClaim, printable } from './describeMachine.ts'
import { describeWeek } from './describeWeek.ts'
import { formatCount } from './formatCount.ts'
import { formatTime } from './formatTime.ts'
import { measuredFields } from './measuredFields.ts'
import type { Paint } from './paint.ts'

type Fields = (readonly [string, string])[]
type Beside = { classified: Classified; nowSeconds: number; paint: Paint }

/** Everything about a machine that the ledger knows, for a person. */
export function machineFields(detail: MachineDetail, { classified, nowSeconds, paint }: Beside): Fields {
  const { machine, stake, audit, rewards, burns, openFaults } = detail
  const { unvested, currentEpoch, nextEpoch } = rewards
  const burnt = burns.reduce((total, epoch) => total + epoch.burnt, 0n)
  return [
    ['machine', machine.id.toString()],
    ['state', machine.state],
    ['owner', machine.owner],
    ['key', machine.key],
    ['endpoint', printable(machine.endpoint)],
    ['seen', `${formatSeconds(Math.max(0, nowSeconds - machine.lastSeen))} ago`],
    ...classFields(machine, classified, paint),
    ...measuredFields(detail.measured),
    ...offerFields(machine),
    ['busy', describeBusy(machine)],
    ['maintenance', describeMaintenance(machine, nowSeconds)],
    ['stake', formatTokens(stake)],
    ['audit', audit ? `${audit.id} ${audit.state}, ${formatTime(audit.finishedAt || audit.requestedAt)}` : ''],
    ['burnt', `${formatTokens(burnt)} in ${formatCount(burns.length, 'epoch')} of the last 64`],
    ['unvested', `${formatTokens(unvested)}, what a slash takes first`],
    ['epoch', `${currentEpoch}, closed up to ${nextEpoch - 1n}`],
    ...claimFields(detail.claims, 'to claim'),
    ...openFaults.map(({ id, kind, state }) => [`fault ${id}`, `${kind}, ${state}`] as const),
  ]
}

/** What the network and each programme pay, one line each. */
export function claimFields({ rewards, programs }: ClaimDetail, verb: 'to claim' | 'paid'): Fields {
  return [
    ['rewards', `${formatTokens(rewards)} ${verb}`],
    ...programs.map(({ program, amount, fromEpoch, points }) => {
      const { symbol, decimals } = program
      const paid = formatTokens(amount, { symbol: printable(symbol), decimals })
      const weight = program.fact === 'work' ? 'by value burnt' : `by ${formatCount(points, 'point')}`
      return [
        `programme ${program.id}`,
        `${printable(program.name)}: ${paid} ${verb}, ${weight}, from epoch ${fromEpoch}`,
      ] as const
    }),
  ]
}

/** Claim and class beside each other. */
export function classFields(machine: Machine, { row, judgement }: Classified, paint: Paint): Fields {
  const { class: measured, points, classValidUntil } = machine
  return [
    ...(measured
      ? ([
          ['class', describeClass(measured, row)],
          ['  bands', `a slot ${describeBands(measured.computeBand, measured.memoryBand)}`],
          ['  counts', `${formatCount(points, 'point')}, until ${formatTime(classValidUntil)}`],
        ] as const)
      : ([['class', 'not audited']] as const)),
    ['claim', [describeClaim(machine), describeJudgement(judgement, paint)].filter(Boolean).join('  ')],
  ]
}

function offerFields({ offer }: Machine): Fields {
  const { usdPerSlotHour, preemptibleUsdPerSlotHour, minSeconds, maxSeconds, tier, week } = offer
  const preemptible =
    preemptibleUsdPerSlotHour === undefined ? 'none preemptible' : `${formatUsd(preemptibleUsdPerSlotHour)} preemptible`
  const onDemand = usdPerSlotHour === 0n ? 'none on demand' : `${formatUsd(usdPerSlotHour)} on demand`
  return [
    ['offer', `a slot and hour ${onDemand}, ${preemptible}; ${tier}`],
    ['time', `${formatSeconds(minSeconds)} to ${formatSeconds(maxSeconds)}`],
    ['hours', week ? describeWeek(week) : 'always'],
  ]
}

function describeBusy({ busySlots, slots }: Machine): string {
  const held = Array.from({ length: slots }, (_, slot) => slot).filter((slot) => (busySlots >> BigInt(slot)) & 1n)
  return held.length === 0 ? `none of ${slots}` : `slot ${held.join(', ')} of ${slots}`
}

function describeMaintenance({ maintenance: { from, until } }: Machine, nowSeconds: number): string {
  return until > nowSeconds ? `${formatTime(from)} to ${formatTime(until)}` : 'none planned'
}

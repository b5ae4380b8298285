import { type ClassRow, formatSeconds, formatTokens, fromBand } from '@hotaru/protocol'
import type { InForce, ProposalDetail } from '@hotaru/sdk'
import { describeBands } from './describeClass.ts'
import { printable } from './describeMachine.ts'
import { formatCount } from './formatCount.ts'
import { formatRate } from './formatRate.ts'
import { formatShare } from './formatShare.ts'
import { formatTime } from './formatTime.ts'

type Fields = (readonly [string, string])[]

/** A proposal: what it changes, where it stands, what was voted. */
export function proposalFields(proposal: ProposalDetail, nowSeconds: number): Fields {
  const { id, state, proposer, description, votesFor, votesAgainst, votesAbstain, quorum } = proposal
  const { snapshot, deadline, readyAt } = proposal
  return [
    ['proposal', id.toString()],
    ['state', `${state}${describeWait(proposal, nowSeconds)}`],
    ['proposer', proposer],
    ['says', printable(description)],
    ...changeFields(proposal),
    ['for', formatTokens(votesFor)],
    ['against', formatTokens(votesAgainst)],
    ['abstain', formatTokens(votesAbstain)],
    ['quorum', quorum === undefined ? '' : `${formatTokens(quorum)} for or abstaining`],
    ['votes', `${formatTime(snapshot)} to ${formatTime(deadline)}`],
    ['ready', formatTime(readyAt)],
  ]
}

/** The burn share by verified slots, one line a step. */
export function burnTableFields(steps: InForce['burn']['steps']): Fields {
  return steps.map(({ fromSlots, bps }) => [`  from ${fromSlots} slots`, formatShare(bps)] as const)
}

/** What a slot is called and weighs by what was measured of it, one line a row. */
export function classTableFields(rows: readonly ClassRow[]): Fields {
  return rows.map(({ name, kind, computeFrom, computeTo, memoryFrom, pointsPerSlot, calibrated }) => [
    `  ${printable(name)}`,
    [
      `${kind} ${describeBands(computeFrom, memoryFrom)} (c${computeFrom} m${memoryFrom})`,
      `from ${formatRate(fromBand(computeTo + 1))} (c${computeTo + 1}) it is faster than this`,
      `${formatCount(pointsPerSlot, 'point')}${calibrated ? '' : ', uncalibrated'}`,
    ].join('; '),
  ])
}

/** What a proposal changes, in a few words for a list. */
export function describeChange({ change, calls }: ProposalDetail): string {
  if (change?.kind === 'burnTable') return `burn table of ${change.steps.length}`
  if (change?.kind === 'classTable') return `class table of ${change.rows.length}`
  if (change?.kind === 'kappa') return `κ ${formatShare(change.bps)}`
  return calls.length === 1 ? '1 call' : `${calls.length} calls`
}

function changeFields(proposal: ProposalDetail): Fields {
  const { change, calls } = proposal
  if (change?.kind === 'burnTable') return [['changes', 'the burn table'], ...burnTableFields(change.steps)]
  if (change?.kind === 'classTable') return [['changes', 'the class table'], ...classTableFields(change.rows)]
  if (change?.kind === 'kappa')
    return [['changes', `κ, the most paid for what is burnt, to ${formatShare(change.bps)}`]]
  return [['changes', describeChange(proposal)], ...calls.map(({ target, data }) => [`  ${target}`, data] as const)]
}

function describeWait({ state, snapshot, deadline, readyAt }: ProposalDetail, nowSeconds: number): string {
  const until = { pending: snapshot, active: deadline, queued: readyAt }[state as string]
  if (until === undefined) return ''
  return until > nowSeconds ? `, for ${formatSeconds(until - nowSeconds)} more` : ', time is over'
}

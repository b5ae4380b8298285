import {
  type Class,
  type ClassRow,
  decodeVerdict,
  findClassRow,
  formatRegion,
  formatTokens,
  type Measured,
  noVerdict,
  type Verdict,
} from '@hotaru/protocol'
import type { AuditDetail, AuditStep } from '@hotaru/sdk'
import { committeeField } from './committeeFields.ts'
import { describeClass, nameWithBands } from './describeClass.ts'
import { formatTime } from './formatTime.ts'
import { describeAway, describeDisk, describeLine } from './measuredFields.ts'
import { shortId } from './shortId.ts'
import { slashFields } from './slashFields.ts'

type Fields = (readonly [string, string])[]

/** The story of an audit, in order of time: who asked, who was drawn, what each saw, the verdict, what was proved after it. */
export function auditFields(detail: AuditDetail, table: readonly ClassRow[]): Fields {
  const { audit, committee, steps, forgery } = detail
  const opened = new Set(committee.votes.map(({ verifier }) => verifier))
  const silent = committee.members.filter((member) => !opened.has(member))
  return [
    ['audit', audit.id.toString()],
    ['machine', audit.machineId.toString()],
    ['state', outcomes[audit.state] ?? audit.state],
    ['challenge', `${audit.rounds} products of ${audit.n} × ${audit.n} a slot`],
    committeeField(committee),
    ...steps.flatMap((step) => stepFields(step, detail, table)),
    ...silent.map((verifier) => ['  verifier', `${verifier} has opened no vote`] as const),
    ...(forgery ? forgeryFields(forgery) : []),
  ]
}

const outcomes: Partial<Record<AuditDetail['audit']['state'], string>> = {
  requested: 'requested: the committee is at work',
  noVerdict: 'no verdict: too few agreed',
  forged: 'forged: an entry of its transcript was proved wrong',
  ringer: 'ringer: planted to see which verifiers look',
}

function stepFields(step: AuditStep, detail: AuditDetail, table: readonly ClassRow[]): Fields {
  const at = formatTime(step.at)
  switch (step.kind) {
    case 'requested':
      return [['asked for', `${at}, ${describeAsking(step)}`]]
    case 'redrawn':
      return [['drawn again', `${at}, committee ${step.committeeId}: the one before had no verdict`]]
    case 'seated':
      return [
        [
          'drawn',
          `${at}, committee ${step.committeeId}: ${step.members.map((member) => shortId(member, false)).join(', ')}`,
        ],
      ]
    case 'posted':
      return [
        ['posted', `${at}, transcript ${step.transcript}`],
        ['looked at', `${detail.picksPerSlot} entries of each slot, by each verifier, picked after that`],
      ]
    case 'revealed':
      return voteFields(step, detail, table)
    case 'finished':
      return [
        [
          'verdict',
          [at, outcomes[step.state] ?? step.state, nameMeasured(step.class, table)].filter(Boolean).join(', '),
        ],
      ]
  }
}

function describeAsking({ by, from, pairedWith }: Extract<AuditStep, { kind: 'requested' }>): string {
  const asked = {
    ...{ owner: 'by its owner', agent: 'by its agent' },
    chance: `by chance; ${from} brought the round that hit it`,
    pair: `side by side with audit ${pairedWith}, by verifier ${from}: are they one card?`,
  }
  return asked[by]
}

function voteFields(
  { verifier, vote, at }: Extract<AuditStep, { kind: 'revealed' }>,
  { committee, regions }: AuditDetail,
  table: readonly ClassRow[],
): Fields {
  const region = regions[committee.members.indexOf(verifier)]
  const from = region === undefined ? '' : `; region: ${formatRegion(region)}`
  const verdict = decodeVerdict(vote)
  const said = `${verifier} ${describeVote(vote, verdict, table)}${from}; ${formatTime(at)}`
  return [['  verifier', said], ...(verdict?.passed ? [['    saw', describeSight(verdict)] as const] : [])]
}

function describeVote(vote: `0x${string}`, verdict: Verdict | undefined, table: readonly ClassRow[]): string {
  if (vote === noVerdict) return 'could not look: it was at work for a renter'
  if (!verdict) return 'said nothing that counts'
  if (!verdict.passed) return 'failed it'
  const { class: measured } = verdict
  return `passed it as ${nameWithBands(measured, findClassRow(measured, table))}`
}

function describeSight({ network, disk }: Pick<Measured, 'network' | 'disk'>): string {
  return `away: ${describeAway(network.rttBand)}; line: ${describeLine(network)}; disk: ${describeDisk(disk)}`
}

const nameMeasured = (measured: Class | undefined, table: readonly ClassRow[]) =>
  describeClass(measured, measured && findClassRow(measured, table))

function forgeryFields({ prover, provedAt, hash, taken, slashes }: NonNullable<AuditDetail['forgery']>): Fields {
  return [
    ['proved by', prover],
    ['  at', formatTime(provedAt)],
    ['  transaction', hash],
    ['slashed', formatTokens(taken)],
    ...slashFields(slashes),
  ]
}

import {
  type Class,
  type ClassRow,
  decodeVerdict,
  findClassRow,
  formatRegion,
  formatTokens,
  noVerdict,
} from '@hotaru/protocol'
import type { AuditDetail, AuditStep } from '@hotaru/sdk'
import { committeeField } from './committeeFields.ts'
import { describeClass } from './describeClass.ts'
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
      return [['  verifier', describeVote(step, detail, table)]]
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

function describeVote(
  { verifier, vote, at }: Extract<AuditStep, { kind: 'revealed' }>,
  { committee, regions }: AuditDetail,
  table: readonly ClassRow[],
): string {
  const region = regions[committee.members.indexOf(verifier)]
  const from = region === undefined ? '' : `; region: ${formatRegion(region)}`
  return `${verifier} ${describeVerdict(vote, table)}${from}; ${formatTime(at)}`
}

function describeVerdict(vote: `0x${string}`, table: readonly ClassRow[]): string {
  if (vote === noVerdict) return 'could not look: it was at work for a renter'
  const verdict = decodeVerdict(vote)
  if (!verdict) return 'said nothing that counts'
  if (!verdict.passed) return 'failed it'
  const { network, disk } = verdict
  const away = network.rttBand === 0 ? 'not measured' : describeAway(network.rttBand)
  const seen = `away: ${away}; line: ${describeLine(network)}; disk: ${describeDisk(disk)}`
  return `passed it as ${nameMeasured(verdict.class, table)}; ${seen}`
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

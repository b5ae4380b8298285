import { formatTokens } from '@hotaru/protocol'
import type { AuditDetail } from '@hotaru/sdk'
import { defineCommand } from '../Command.ts'
import { committeeFields } from '../committeeFields.ts'
import { formatTime } from '../formatTime.ts'
import { parseId } from '../parseNumber.ts'
import { toDocument } from '../renderJson.ts'
import { renderFields } from '../renderTable.ts'
import { slashFields } from '../slashFields.ts'

export const auditShow = defineCommand({
  summary: 'Show one audit: committee, verdicts, transcript, forgery',
  examples: [
    ['hotaru audit show 3', 'audit 3, and who voted what'],
    ['hotaru audit show 3 --json', 'the same for a program'],
  ],
  args: { audit: { type: 'positional', required: true, description: 'Number of the audit' } },
  async run(args, { terminal, connect }) {
    const auditId = parseId(args.audit, 'audit')
    const { hotaru } = await connect()
    const detail = await hotaru.ledger.readAuditDetail(auditId)
    if (args.json) {
      terminal.line(toDocument({ ...detail, forgery: detail.forgery ?? null }))
      return
    }
    terminal.line(renderFields([...auditFields(detail), ...forgeryFields(detail)], terminal))
    terminal.note(`\n${terminal.notePaint.hint(`hint: hotaru machine show ${detail.audit.machineId}`)}`)
  },
})

const outcomes: Partial<Record<AuditDetail['audit']['state'], string>> = {
  requested: 'requested: the committee is at work',
  noVerdict: 'no verdict: too few agreed',
  forged: 'forged: an entry of its transcript was proved wrong',
  ringer: 'ringer: planted to see which verifiers look',
}

function auditFields({ audit, committee }: AuditDetail): (readonly [string, string])[] {
  const { id, machineId, state, n, rounds, requestedAt, finishedAt, transcript, postedAt } = audit
  return [
    ['audit', id.toString()],
    ['machine', machineId.toString()],
    ['state', outcomes[state] ?? state],
    ['requested', formatTime(requestedAt)],
    ['finished', formatTime(finishedAt)],
    ['challenge', `${rounds} products of ${n} × ${n} a slot`],
    ['transcript', transcript ? `${transcript}, ${formatTime(postedAt)}` : ''],
    ...committeeFields(committee, 'audit'),
  ]
}

function forgeryFields({ forgery }: AuditDetail): (readonly [string, string])[] {
  if (!forgery) return []
  return [
    ['proved by', forgery.prover],
    ['  transaction', forgery.hash],
    ['slashed', formatTokens(forgery.taken)],
    ...slashFields(forgery.slashes),
  ]
}

import { formatSeconds, formatTokens } from '@hotaru/protocol'
import type { FaultDetail } from '@hotaru/sdk'
import { defineCommand } from '../Command.ts'
import { committeeFields } from '../committeeFields.ts'
import { formatTime } from '../formatTime.ts'
import { parseId } from '../parseNumber.ts'
import { toDocument } from '../renderJson.ts'
import { renderFields } from '../renderTable.ts'
import { slashFields } from '../slashFields.ts'

export const faultShow = defineCommand({
  summary: 'Show one fault: who reported what, the verdict, the penalty',
  examples: [
    ['hotaru fault show 2', 'fault 2, and who voted what'],
    ['hotaru fault show 2 --json', 'the same for a program'],
  ],
  args: { fault: { type: 'positional', required: true, description: 'Number of the fault' } },
  async run(args, { terminal, connect }) {
    const faultId = parseId(args.fault, 'fault')
    const { hotaru } = await connect()
    const detail = await hotaru.ledger.readFaultDetail(faultId)
    if (args.json) {
      terminal.line(toDocument({ ...detail, penalty: detail.penalty ?? null }))
      return
    }
    terminal.line(renderFields([...faultFields(detail), ...penaltyFields(detail)], terminal))
    terminal.note(`\n${terminal.notePaint.hint(`hint: hotaru machine show ${detail.fault.machineId}`)}`)
  },
})

const kinds = {
  unreachable: 'unreachable: the machine does not answer',
  noStart: 'no start: a paid workload does not run',
  unlike: 'unlike: it is not what its class says',
} as const

function faultFields({ fault, committee }: FaultDetail): (readonly [string, string])[] {
  const { id, machineId, leaseId, reporter, state, kind, guilty, since, until, verdictAt } = fault
  return [
    ['fault', id.toString()],
    ['machine', machineId.toString()],
    ['lease', leaseId === 0n ? '' : leaseId.toString()],
    ['kind', kinds[kind]],
    ['state', state === 'executed' ? `executed: ${guilty ? 'guilty' : 'innocent'}` : state],
    ['reporter', reporter],
    ['since', formatTime(since)],
    ['back', formatTime(until)],
    ['verdict', formatTime(verdictAt)],
    ...committeeFields(committee),
  ]
}

function penaltyFields({ penalty }: FaultDetail): (readonly [string, string])[] {
  if (!penalty) return []
  return [
    ['away', formatSeconds(penalty.seconds)],
    ['slashed', formatTokens(penalty.taken)],
    ...slashFields(penalty.slashes),
    ['refunded', formatTokens(penalty.refunded)],
    ['  transaction', penalty.hash],
  ]
}

import { defineCommand } from '../Command.ts'
import { formatTime } from '../formatTime.ts'
import { parseId } from '../parseNumber.ts'
import { toDocument } from '../renderJson.ts'
import { renderTable } from '../renderTable.ts'

export const auditList = defineCommand({
  summary: 'List audits, the newest first',
  examples: [
    ['hotaru audit list', 'the last audits of the network'],
    ['hotaru audit list --machine 1', 'those of machine 1'],
    ['hotaru audit list --json', 'the same for a program'],
  ],
  args: { machine: { type: 'string', valueHint: 'machine', description: 'Only audits of this machine' } },
  async run(args, { terminal, connect }) {
    const machineId = args.machine === undefined ? undefined : parseId(args.machine, 'machine')
    const { hotaru } = await connect()
    const audits = await hotaru.ledger.listAudits({ machineId })
    if (args.json) {
      terminal.line(toDocument({ audits }))
      return
    }
    if (audits.length === 0) {
      terminal.note('no audit was requested yet\n\nhint: hotaru machine list')
      return
    }
    const rows = audits.map((audit) => [
      audit.id.toString(),
      audit.machineId.toString(),
      audit.state,
      formatTime(audit.requestedAt),
      formatTime(audit.finishedAt),
      audit.committeeId.toString(),
    ])
    terminal.line(renderTable(['AUDIT', 'MACHINE', 'STATE', 'REQUESTED', 'FINISHED', 'COMMITTEE'], rows, terminal))
    terminal.note(`\n${terminal.notePaint.hint(`hint: hotaru audit show ${audits[0]?.id}`)}`)
  },
})

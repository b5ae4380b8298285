import { auditFields } from '../auditFields.ts'
import { defineCommand } from '../Command.ts'
import { parseId } from '../parseNumber.ts'
import { toDocument } from '../renderJson.ts'
import { renderFields } from '../renderTable.ts'

export const auditShow = defineCommand({
  summary: 'Tell one audit: who asked, who looked, what each saw, what was proved',
  examples: [
    ['hotaru audit show 3', 'audit 3 in order of time, and who voted what'],
    ['hotaru audit show 3 --json', 'the same for a program'],
  ],
  args: { audit: { type: 'positional', required: true, description: 'Number of the audit' } },
  async run(args, { terminal, connect }) {
    const auditId = parseId(args.audit, 'audit')
    const { hotaru } = await connect()
    const [detail, table] = await Promise.all([hotaru.ledger.readAuditDetail(auditId), hotaru.ledger.readClassTable()])
    if (args.json) {
      terminal.line(toDocument({ ...detail, forgery: detail.forgery ?? null }))
      return
    }
    terminal.line(renderFields(auditFields(detail, table), terminal))
    terminal.note(`\n${terminal.notePaint.hint(`hint: hotaru machine show ${detail.audit.machineId}`)}`)
  },
})

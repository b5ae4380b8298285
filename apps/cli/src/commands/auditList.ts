import { type ClassRow, findClassRow, formatSeconds } from '@hotaru/protocol'
import type { AuditEntry } from '@hotaru/sdk'
import { defineCommand } from '../Command.ts'
import { nameClass } from '../describeClass.ts'
import { parseId } from '../parseNumber.ts'
import { toDocument } from '../renderJson.ts'
import { renderTable } from '../renderTable.ts'

export const auditList = defineCommand({
  summary: 'List audits, the newest first, with the class that each measured',
  examples: [
    ['hotaru audit list', 'the last audits of the network'],
    ['hotaru audit list --machine 1', 'those of machine 1'],
    ['hotaru audit list --json', 'the same for a program'],
  ],
  args: { machine: { type: 'string', valueHint: 'machine', description: 'Only audits of this machine' } },
  async run(args, { terminal, connect }) {
    const machineId = args.machine === undefined ? undefined : parseId(args.machine, 'machine')
    const { hotaru } = await connect()
    const [audits, table] = await Promise.all([hotaru.ledger.listAudits({ machineId }), hotaru.ledger.readClassTable()])
    if (args.json) {
      terminal.line(
        toDocument({ audits: audits.map((audit) => ({ ...audit, classRow: rowOf(audit, table) ?? null })) }),
      )
      return
    }
    if (audits.length === 0) {
      terminal.note('no audit was requested yet\n\nhint: hotaru machine list')
      return
    }
    const nowSeconds = Math.floor(hotaru.clock.unixMs() / 1000)
    const rows = audits.map((audit) => [
      audit.id.toString(),
      audit.machineId.toString(),
      audit.state,
      nameClass(audit.class, rowOf(audit, table)),
      `${formatSeconds(Math.max(0, nowSeconds - audit.requestedAt))} ago`,
    ])
    terminal.line(renderTable(['AUDIT', 'MACHINE', 'STATE', 'CLASS', 'ASKED FOR'], rows, terminal))
    terminal.note(`\n${terminal.notePaint.hint(`hint: hotaru audit show ${audits[0]?.id}`)}`)
  },
})

const rowOf = ({ class: measured }: AuditEntry, table: readonly ClassRow[]) => measured && findClassRow(measured, table)

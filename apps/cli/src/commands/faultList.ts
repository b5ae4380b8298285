import { defineCommand } from '../Command.ts'
import { formatTime } from '../formatTime.ts'
import { parseId } from '../parseNumber.ts'
import { toDocument } from '../renderJson.ts'
import { renderTable } from '../renderTable.ts'
import { shortId } from '../shortId.ts'

export const faultList = defineCommand({
  summary: 'List faults that were reported, the newest first',
  examples: [
    ['hotaru fault list', 'the last faults of the network'],
    ['hotaru fault list --machine 1', 'those of machine 1'],
    ['hotaru fault list --json', 'the same for a program'],
  ],
  args: { machine: { type: 'string', valueHint: 'machine', description: 'Only faults of this machine' } },
  async run(args, { terminal, connect }) {
    const machineId = args.machine === undefined ? undefined : parseId(args.machine, 'machine')
    const { hotaru } = await connect()
    const faults = await hotaru.ledger.listFaults({ machineId })
    if (args.json) {
      terminal.line(toDocument({ faults }))
      return
    }
    if (faults.length === 0) {
      terminal.note('no fault was reported\n\nhint: hotaru audit list')
      return
    }
    const rows = faults.map((fault) => [
      fault.id.toString(),
      fault.machineId.toString(),
      fault.leaseId === 0n ? '' : fault.leaseId.toString(),
      fault.kind,
      fault.state,
      formatTime(fault.since),
      shortId(fault.reporter, args.verbose),
    ])
    terminal.line(renderTable(['FAULT', 'MACHINE', 'LEASE', 'KIND', 'STATE', 'SINCE', 'REPORTER'], rows, terminal))
    terminal.note(`\n${terminal.notePaint.hint(`hint: hotaru fault show ${faults[0]?.id}`)}`)
  },
})

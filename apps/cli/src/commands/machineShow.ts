import { classifyMachine } from '@hotaru/sdk'
import { defineCommand } from '../Command.ts'
import { machineFields } from '../machineFields.ts'
import { parseId } from '../parseNumber.ts'
import { toDocument } from '../renderJson.ts'
import { renderFields } from '../renderTable.ts'

export const machineShow = defineCommand({
  summary: 'Show one machine: class and claim, line and disk, offer, stake, what it earns',
  examples: [
    ['hotaru machine show 1', 'machine 1, as the ledger knows it'],
    ['hotaru machine show 1 --json', 'the same for a program'],
  ],
  args: { machine: { type: 'positional', required: true, description: 'Number of the machine' } },
  async run(args, { terminal, connect }) {
    const machineId = parseId(args.machine, 'machine')
    const { hotaru } = await connect()
    const [detail, table] = await Promise.all([
      hotaru.ledger.readMachineDetail(machineId),
      hotaru.ledger.readClassTable(),
    ])
    const classified = classifyMachine(detail.machine, table)
    if (args.json) {
      const { row, judgement } = classified
      const measured = detail.measured ?? null
      terminal.line(toDocument({ ...detail, measured, classRow: row ?? null, claimJudgement: judgement ?? null }))
      return
    }
    const nowSeconds = Math.floor(hotaru.clock.unixMs() / 1000)
    terminal.line(renderFields(machineFields(detail, { classified, nowSeconds, paint: terminal.paint }), terminal))
    const { rewards, programs } = detail.claims
    const owes = rewards > 0n || programs.some(({ amount }) => amount > 0n)
    const next = owes ? `hotaru machine claim ${machineId}` : `hotaru audit list --machine ${machineId}`
    terminal.note(`\n${terminal.notePaint.hint(`hint: ${next}`)}`)
  },
})

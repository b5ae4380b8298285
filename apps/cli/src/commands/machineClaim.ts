import { defineCommand } from '../Command.ts'
import { claimFields } from '../machineFields.ts'
import { parseId } from '../parseNumber.ts'
import { toDocument } from '../renderJson.ts'
import { renderFields } from '../renderTable.ts'

export const machineClaim = defineCommand({
  summary: "Pay a machine's owner what the network and its programmes owe",
  examples: [
    ['hotaru machine claim 1', 'close the epochs that are over and claim; anyone may, the owner is paid'],
    ['hotaru machine claim 1 --json', 'the same for a program'],
  ],
  args: { machine: { type: 'positional', required: true, description: 'Number of the machine' } },
  async run(args, { terminal, connect }) {
    const machineId = parseId(args.machine, 'machine')
    const { hotaru } = await connect()
    const paid = await hotaru.ledger.claimMachine(machineId)
    if (args.json) {
      terminal.line(toDocument({ machine: machineId, ...paid }))
      return
    }
    terminal.line(renderFields(claimFields(paid, 'paid'), terminal))
    terminal.note(`\n${terminal.notePaint.hint(`hint: hotaru machine show ${machineId}`)}`)
  },
})

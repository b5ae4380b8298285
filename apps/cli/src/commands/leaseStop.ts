import { encodeReceipt } from '@hotaru/protocol'
import { defineCommand } from '../Command.ts'
import { describeSize } from '../describeClass.ts'
import { parseId } from '../parseNumber.ts'
import { toDocument } from '../renderJson.ts'
import { renderReceipt } from '../renderReceipt.ts'

export const leaseStop = defineCommand({
  summary: 'Stop a lease; the unused seconds come back',
  examples: [['hotaru lease stop 7', 'stop the program of lease 7, close the lease, print the receipt']],
  args: { lease: { type: 'positional', required: true, description: 'Number of the lease' } },
  async run(args, { terminal, connect }) {
    const leaseId = parseId(args.lease, 'lease')
    const { hotaru } = await connect()
    const receipt = await hotaru.stop(leaseId)
    if (args.json) {
      terminal.line(toDocument(encodeReceipt(receipt)))
      return
    }
    const [machine, table] = await Promise.all([
      hotaru.ledger.readMachine(receipt.machine),
      hotaru.ledger.readClassTable(),
    ])
    terminal.line(renderReceipt(receipt, describeSize(machine, table, terminal.paint), terminal))
  },
})

import { encodeReceipt } from '@hotaru/protocol'
import { defineCommand } from '../Command.ts'
import { describeSize } from '../describeClass.ts'
import { parseId } from '../parseNumber.ts'
import { toDocument } from '../renderJson.ts'
import { renderReceipt } from '../renderReceipt.ts'

export const leaseReceipt = defineCommand({
  summary: 'Print what a lease cost and where the money went',
  examples: [
    ['hotaru lease receipt 7', 'what lease 7 cost, to the smallest unit'],
    ['hotaru lease receipt 7 --json', 'amounts as decimal strings of the smallest unit'],
  ],
  args: { lease: { type: 'positional', required: true, description: 'Number of the lease' } },
  async run(args, { terminal, connect }) {
    const leaseId = parseId(args.lease, 'lease')
    const { hotaru } = await connect()
    const receipt = await hotaru.receipt(leaseId)
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

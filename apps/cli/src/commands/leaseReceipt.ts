import { encodeReceipt } from '@hotaru/protocol'
import { defineCommand } from '../Command.ts'
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
    terminal.line(args.json ? toDocument(encodeReceipt(receipt)) : renderReceipt(receipt, terminal))
  },
})

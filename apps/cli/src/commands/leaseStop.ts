import { encodeReceipt } from '@hotaru/protocol'
import { defineCommand } from '../Command.ts'
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
    terminal.line(args.json ? toDocument(encodeReceipt(receipt)) : renderReceipt(receipt, terminal))
  },
})

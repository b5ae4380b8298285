import { formatBytes } from '@hotaru/protocol'
import { defineCommand } from '../Command.ts'
import { parseId } from '../parseNumber.ts'
import { toDocument } from '../renderJson.ts'
import { renderTable } from '../renderTable.ts'

export const leaseResults = defineCommand({
  summary: 'Fetch the files that the program of a lease left under out/',
  examples: [
    ['hotaru lease results 7', 'into ./lease-7/'],
    ['hotaru lease results 7 --output pictures', 'into ./pictures/'],
  ],
  args: {
    lease: { type: 'positional', required: true, description: 'Number of the lease' },
    output: { type: 'string', valueHint: 'directory', description: 'Where to; ./lease-NUMBER where it is not said' },
  },
  async run(args, { terminal, connect, signal }) {
    const leaseId = parseId(args.lease, 'lease')
    const [{ hotaru }, { fetchResults, openSession }, { createDirectoryStore }] = await Promise.all([
      connect(),
      import('@hotaru/sdk/lease'),
      import('@hotaru/sdk/node'),
    ])
    const session = await openSession(hotaru, leaseId, ['results'])
    try {
      const store = createDirectoryStore(args.output ?? `lease-${leaseId}`)
      const files = await fetchResults(session, store, { signal })
      if (args.json) terminal.line(toDocument({ files }))
      else if (files.length === 0) terminal.note('the program left no files under out/')
      else {
        const rows = files.map(({ path, sizeBytes, location }) => [path, formatBytes(sizeBytes), location])
        terminal.line(renderTable(['FILE', 'SIZE', 'SAVED AS'], rows, terminal))
      }
    } finally {
      await session.close()
    }
  },
})

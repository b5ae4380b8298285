import { defineCommand } from '../Command.ts'
import { parseId } from '../parseNumber.ts'
import { toJson } from '../renderJson.ts'
import { RunScreen } from '../run/RunScreen.ts'

export const leaseLogs = defineCommand({
  summary: 'Print what the program of a lease printed',
  examples: [
    ['hotaru lease logs 7', 'everything so far'],
    ['hotaru lease logs 7 --follow', 'and everything to come, until it ends'],
    ['hotaru lease logs 7 --json', 'one object a line: stream, atByte, text'],
  ],
  args: {
    lease: { type: 'positional', required: true, description: 'Number of the lease' },
    follow: { type: 'boolean', alias: 'f', description: 'Go on until the program ends' },
  },
  async run(args, { terminal, connect, signal }) {
    const leaseId = parseId(args.lease, 'lease')
    const { hotaru } = await connect()
    const { followLogs, openSession } = await import('@hotaru/sdk/lease')
    const session = await openSession(hotaru, leaseId, ['logs'])
    const screen = new RunScreen(terminal, { clock: hotaru.clock })
    try {
      for await (const event of followLogs(session, { follow: args.follow ?? false, signal, clock: hotaru.clock })) {
        if (!args.json) screen.show(event)
        else if (event.type === 'exit') terminal.line(toJson(event))
        else terminal.line(toJson({ ...event, bytes: undefined, text: new TextDecoder().decode(event.bytes) }))
      }
    } finally {
      screen.end()
      await session.close()
    }
  },
})

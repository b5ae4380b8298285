import { formatTokens } from '@hotaru/protocol'
import { defineCommand } from '../Command.ts'
import { printable } from '../describeMachine.ts'
import { toDocument } from '../renderJson.ts'
import { renderTable } from '../renderTable.ts'
import { shortId } from '../shortId.ts'

export const programList = defineCommand({
  summary: 'List the reward programmes that machines can mine',
  examples: [
    ['hotaru program list', 'all programmes, the newest first'],
    ['hotaru program list --json', 'the same for a program'],
  ],
  args: {},
  async run(args, { terminal, connect }) {
    const { hotaru } = await connect()
    const programs = await hotaru.ledger.listPrograms()
    if (args.json) {
      terminal.line(toDocument({ programs }))
      return
    }
    if (programs.length === 0) {
      terminal.note('nobody has created a programme yet\n\nhint: contracts/examples/LumenProgram.sol is one to copy')
      return
    }
    const rows = programs.map(({ symbol, decimals, ...program }) => {
      const format = (units: bigint) => formatTokens(units, { symbol: printable(symbol), decimals, fraction: 4 })
      return [
        program.id.toString(),
        printable(program.name),
        program.fact,
        format(program.perEpoch),
        `${program.fromEpoch} to ${program.untilEpoch - 1}`,
        format(program.budget),
        shortId(program.sponsor, args.verbose),
      ]
    })
    const heads = ['PROGRAMME', 'NAME', 'PAYS FOR', 'AN EPOCH', 'EPOCHS', 'LEFT', 'SPONSOR']
    terminal.line(renderTable(heads, rows, terminal))
    terminal.note(`\n${terminal.notePaint.hint(`hint: hotaru program show ${programs[0]?.id}`)}`)
  },
})

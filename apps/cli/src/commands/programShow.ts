import { formatSeconds, formatTokens } from '@hotaru/protocol'
import type { InForce, Program } from '@hotaru/sdk'
import { defineCommand } from '../Command.ts'
import { printable } from '../describeMachine.ts'
import { parseId } from '../parseNumber.ts'
import { toDocument } from '../renderJson.ts'
import { renderFields } from '../renderTable.ts'

export const programShow = defineCommand({
  summary: 'Show one reward programme: token, budget, what it pays for',
  examples: [
    ['hotaru program show 1', 'programme 1, as the ledger knows it'],
    ['hotaru program show 1 --json', 'the same for a program'],
  ],
  args: { program: { type: 'positional', required: true, description: 'Number of the programme' } },
  async run(args, { terminal, connect }) {
    const programId = parseId(args.program, 'programme')
    const { hotaru } = await connect()
    const [program, { epoch }] = await Promise.all([hotaru.ledger.readProgram(programId), hotaru.ledger.readInForce()])
    if (args.json) {
      terminal.line(toDocument({ program, epoch: epoch.number }))
      return
    }
    terminal.line(renderFields(fieldsOf(program, epoch), terminal))
    terminal.note(
      `\n${terminal.notePaint.hint('hint: `hotaru machine show ID` says which programmes a machine mines')}`,
    )
  },
})

const noHook = /^0x0+$/

function fieldsOf(program: Program, { number, seconds }: InForce['epoch']): (readonly [string, string])[] {
  const { symbol, decimals, fromEpoch, untilEpoch, perEpoch, maxPerBurnt, budget, nextEpoch } = program
  const format = (units: bigint) => formatTokens(units, { symbol: printable(symbol), decimals })
  const isWork = program.fact === 'work'
  return [
    ['programme', `${program.id} ${printable(program.name)}`],
    ['sponsor', program.sponsor],
    ['token', `${program.token} ${printable(symbol)}`],
    ['pays for', isWork ? 'work: value burnt in settled rents' : 'availability: points of a fresh class'],
    ['an epoch', `${format(perEpoch)} at the most, each ${formatSeconds(seconds)}`],
    ...(isWork ? [['for a token burnt', `${format(maxPerBurnt)} at the most`] as const] : []),
    ['epochs', `${fromEpoch} to ${untilEpoch - 1}; now ${number}, ${describeTime(program, number)}`],
    ['closed up to', `${nextEpoch - 1}`],
    ['left', format(budget)],
    ['open to', noHook.test(program.hook) ? 'all machines' : `machines that ${program.hook} admits`],
  ]
}

function describeTime({ fromEpoch, untilEpoch }: Program, epoch: number): string {
  if (epoch < fromEpoch) return 'not begun'
  return epoch < untilEpoch ? `${untilEpoch - epoch} left` : 'over'
}

import { formatSeconds } from '@hotaru/protocol'
import { classifyMachine, countFree, type Ranked } from '@hotaru/sdk'
import { defineCommand } from '../Command.ts'
import { describeClass, describeJudgement, nameClass } from '../describeClass.ts'
import { describeClaim, describePrice } from '../describeMachine.ts'
import { toDocument } from '../renderJson.ts'
import { renderTable } from '../renderTable.ts'
import { parseWish, wishArgs } from '../wishArgs.ts'

export const offerSearch = defineCommand({
  summary: 'Find machines that can be leased now, and why others cannot',
  examples: [
    ['hotaru offer search', 'everything that can be leased, the cheapest first'],
    ['hotaru offer search --kind gpu --max-price 0.10', 'GPUs for at most $0.10 a slot and hour'],
    ['hotaru offer search --time 2h --tier container', 'machines that lease for two hours behind a container wall'],
    ['hotaru offer search --verbose', 'also the bands of each class, and what does not fit, with the reasons'],
  ],
  args: { ...wishArgs, time: { type: 'string', valueHint: 'span', description: 'How long, as 90s, 10m or 1h30m' } },
  async run(args, { terminal, connect }) {
    const wish = parseWish(args)
    const { hotaru } = await connect()
    const [ranking, table] = await Promise.all([hotaru.search(wish), hotaru.ledger.readClassTable()])
    if (args.json) {
      const withClass = (ranked: Ranked) => {
        const { row, judgement } = classifyMachine(ranked.machine, table)
        return { ...ranked, classRow: row ?? null, claimJudgement: judgement ?? null }
      }
      const { fitting, missing, why } = ranking
      terminal.line(toDocument({ fitting: fitting.map(withClass), missing: missing.map(withClass), why }))
      return
    }
    if (ranking.fitting.length > 0) {
      const rows = ranking.fitting.map(({ machine }) => {
        const { row, judgement } = classifyMachine(machine, table)
        return [
          machine.id.toString(),
          describePrice(machine),
          `${countFree(machine)}/${machine.slots}`,
          machine.offer.tier,
          `${formatSeconds(machine.offer.minSeconds)} to ${formatSeconds(machine.offer.maxSeconds)}`,
          (args.verbose ? describeClass : nameClass)(machine.class, row),
          describeClaim(machine),
          describeJudgement(judgement, terminal.paint),
        ]
      })
      const heads = ['MACHINE', 'PRICE', 'FREE', 'TIER', 'TIME', 'CLASS', 'CLAIM', 'JUDGED']
      terminal.line(renderTable(heads, rows, terminal))
      terminal.note(`\n${terminal.notePaint.hint('hint: `hotaru run PATH` leases the first one that fits')}`)
    } else for (const sentence of ['no offer fits', ...ranking.why.map((why) => `  ${why}`)]) terminal.note(sentence)
    if (args.verbose) for (const ranked of ranking.missing) terminal.note(renderMiss(ranked))
  },
})

function renderMiss({ machine, reasons }: Ranked): string {
  const lacking = reasons.filter((reason) => !reason.fits).map((reason) => reason.text)
  return `machine ${machine.id} ${lacking.join('; ')}`
}

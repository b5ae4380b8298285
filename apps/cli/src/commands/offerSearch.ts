import { formatClass, formatSeconds } from '@hotaru/protocol'
import { countFree, type Ranked } from '@hotaru/sdk'
import { defineCommand } from '../Command.ts'
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
    ['hotaru offer search --verbose', 'also those that do not fit, with the reasons'],
  ],
  args: { ...wishArgs, time: { type: 'string', valueHint: 'span', description: 'How long, as 90s, 10m or 1h30m' } },
  async run(args, { terminal, connect }) {
    const wish = parseWish(args)
    const { hotaru } = await connect()
    const ranking = await hotaru.search(wish)
    if (args.json) {
      terminal.line(toDocument(ranking))
      return
    }
    if (ranking.fitting.length > 0) {
      const rows = ranking.fitting.map(({ machine }) => [
        machine.id.toString(),
        describePrice(machine),
        `${countFree(machine)}/${machine.slots}`,
        machine.class ? formatClass(machine.class) : '',
        machine.offer.tier,
        `${formatSeconds(machine.offer.minSeconds)} to ${formatSeconds(machine.offer.maxSeconds)}`,
        describeClaim(machine),
      ])
      terminal.line(renderTable(['MACHINE', 'PRICE', 'FREE', 'CLASS', 'TIER', 'TIME', 'CLAIM'], rows, terminal))
      terminal.note(`\n${terminal.notePaint.hint('hint: `hotaru run PATH` leases the first one that fits')}`)
    } else for (const sentence of ['no offer fits', ...ranking.why.map((why) => `  ${why}`)]) terminal.note(sentence)
    if (args.verbose) for (const ranked of ranking.missing) terminal.note(renderMiss(ranked))
  },
})

function renderMiss({ machine, reasons }: Ranked): string {
  const lacking = reasons.filter((reason) => !reason.fits).map((reason) => reason.text)
  return `machine ${machine.id} ${lacking.join('; ')}`
}

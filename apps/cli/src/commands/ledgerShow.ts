import { defineCommand } from '../Command.ts'
import { ledgerFields } from '../ledgerFields.ts'
import { toDocument } from '../renderJson.ts'
import { renderFields } from '../renderTable.ts'

export const ledgerShow = defineCommand({
  summary: 'Show the whole ledger: addresses, parameters in force, tokens, governance',
  examples: [
    ['hotaru ledger show', 'what holds now'],
    ['hotaru ledger show --json', 'the same for a program'],
  ],
  args: {},
  async run(args, { terminal, connect }) {
    const { hotaru, network } = await connect()
    const [inForce, chain] = await Promise.all([hotaru.ledger.readInForce(), hotaru.ledger.readChain()])
    const { chainId, contracts, verifiers } = chain
    if (args.json) {
      terminal.line(toDocument({ network: network.name, chainId, contracts, verifiers, ...inForce }))
      return
    }
    const nowSeconds = Math.floor(hotaru.clock.unixMs() / 1000)
    const fields: (readonly [string, string])[] = [
      ['network', `${network.name} (chain ${chainId})`],
      ['contracts', `${Object.keys(contracts).length} deployed`],
      ...Object.entries(contracts).map(([name, address]) => [`  ${name}`, address] as const),
      ['verifiers', `${verifiers} enrolled`],
      ...ledgerFields(inForce, nowSeconds),
    ]
    terminal.line(renderFields(fields, terminal))
    terminal.note(`\n${terminal.notePaint.hint('hint: hotaru vote list')}`)
  },
})

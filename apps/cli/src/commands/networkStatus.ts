import { formatSeconds, formatTokens, formatUsd } from '@hotaru/protocol'
import { rankOffers } from '@hotaru/sdk'
import { readAgentHealth } from '@hotaru/sdk/node'
import { defineCommand } from '../Command.ts'
import { printable } from '../describeMachine.ts'
import { formatCount } from '../formatCount.ts'
import { classTableFields } from '../proposalFields.ts'
import { toDocument } from '../renderJson.ts'
import { renderFields } from '../renderTable.ts'

export const networkStatus = defineCommand({
  summary: 'Show the chain, the contracts, the machines, the class table and your balance',
  examples: [
    ['hotaru network status', 'the network in one look'],
    ['hotaru network status --network sepolia', 'another network, by its name under the home'],
    ['hotaru network status --json', 'the same for a program'],
  ],
  args: {},
  async run(args, { terminal, connect }) {
    const { hotaru, network } = await connect()
    const [chain, machines, classTable, balance, agent] = await Promise.all([
      hotaru.ledger.readChain(),
      hotaru.ledger.listMachines(),
      hotaru.ledger.readClassTable(),
      hotaru.ledger.balanceOf(hotaru.account.address),
      network.agent === undefined ? undefined : readAgentHealth(network.agent),
    ])
    const nowSeconds = Math.floor(hotaru.clock.unixMs() / 1000)
    const { fitting } = rankOffers(machines, {}, nowSeconds)
    const cheapest = fitting[0]?.machine.offer.usdPerSlotHour
    if (args.json) {
      const counts = { registered: machines.length, leasable: fitting.length, cheapestUsdPerSlotHour: cheapest ?? null }
      const wallet = { address: hotaru.account.address, balance }
      terminal.line(
        toDocument({
          network: network.name,
          rpcUrl: network.rpcUrl,
          chain,
          machines: counts,
          classTable,
          agent,
          wallet,
        }),
      )
      return
    }
    const price = cheapest === undefined ? '' : `, from ${formatUsd(cheapest)}/h`
    const contracts = args.verbose
      ? Object.entries(chain.contracts).map(([name, at]) => [`  ${name}`, at] as const)
      : []
    const fields: (readonly [string, string])[] = [
      ['network', `${network.name} (chain ${chain.chainId})`],
      ['chain', `${network.rpcUrl}, block ${chain.block}, ${age(nowSeconds - chain.blockTime)}`],
      ['contracts', `${Object.keys(chain.contracts).length} deployed`],
      ...contracts,
      ['verifiers', `${chain.verifiers} enrolled`],
      ['token', chain.usdPerToken === undefined ? 'no price: the reporters are silent' : formatUsd(chain.usdPerToken)],
      ['machines', `${fitting.length} of ${machines.length} can be leased now${price}`],
      ['class table', `${formatCount(classTable.length, 'row')}: what a measured slot is called`],
      ...classTableFields(classTable),
      ...(agent ? [['agent', printable(agent.summary)] as const] : []),
      ['wallet', hotaru.account.address],
      ['balance', formatTokens(balance)],
    ]
    terminal.line(renderFields(fields, terminal))
    for (const { severity, sentence, mend } of agent?.conditions ?? [])
      terminal.note(terminal.notePaint.warn(printable(`${severity}: ${sentence}${mend ? ` (${mend})` : ''}`)))
    terminal.note(`\n${terminal.notePaint.hint(`hint: ${nextStep(fitting.length, balance)}`)}`)
  },
})

function age(seconds: number): string {
  return seconds <= 0 ? 'just now' : `${formatSeconds(seconds)} ago`
}

function nextStep(leasable: number, balance: bigint): string {
  if (leasable === 0) return '`hotaru offer search --verbose` says what each machine lacks'
  return balance === 0n ? 'the wallet is empty: send it tokens before you lease' : 'hotaru run PATH'
}

import { formatSeconds } from '@hotaru/protocol'
import { classifyMachine, countFree } from '@hotaru/sdk'
import { defineCommand } from '../Command.ts'
import { describeClass, describeJudgement, nameClass } from '../describeClass.ts'
import { describeClaim, describePrice } from '../describeMachine.ts'
import { toDocument } from '../renderJson.ts'
import { renderTable } from '../renderTable.ts'
import { shortId } from '../shortId.ts'

export const machineList = defineCommand({
  summary: 'List the machines of the network, what each is and claims to be',
  examples: [
    ['hotaru machine list', 'all machines, with price and free slots'],
    ['hotaru machine list --verbose', 'also the bands behind each class'],
    ['hotaru machine list --json', 'the same for a program'],
  ],
  args: {},
  async run(args, { terminal, connect }) {
    const { hotaru } = await connect()
    const [machines, table] = await Promise.all([hotaru.ledger.listMachines(), hotaru.ledger.readClassTable()])
    if (args.json) {
      const listed = machines.map((machine) => {
        const { row, judgement } = classifyMachine(machine, table)
        return { ...machine, freeSlots: countFree(machine), classRow: row ?? null, claimJudgement: judgement ?? null }
      })
      terminal.line(toDocument({ machines: listed }))
      return
    }
    if (machines.length === 0) {
      terminal.note('no machine is registered on this network\n\nhint: `npm start` brings this machine up as one')
      return
    }
    const nowSeconds = Math.floor(hotaru.clock.unixMs() / 1000)
    const rows = machines.map((machine) => {
      const { row, judgement } = classifyMachine(machine, table)
      return [
        machine.id.toString(),
        machine.state,
        `${countFree(machine)}/${machine.slots}`,
        describePrice(machine),
        machine.offer.tier,
        machine.lastSeen === 0 ? '' : `${formatSeconds(Math.max(0, nowSeconds - machine.lastSeen))} ago`,
        shortId(machine.owner, args.verbose),
        (args.verbose ? describeClass : nameClass)(machine.class, row),
        describeClaim(machine),
        describeJudgement(judgement, terminal.paint),
      ]
    })
    const heads = ['ID', 'STATE', 'FREE', 'PRICE', 'TIER', 'SEEN', 'OWNER', 'CLASS', 'CLAIM', 'JUDGED']
    terminal.line(renderTable(heads, rows, terminal))
  },
})

import { formatClass, formatSeconds } from '@hotaru/protocol'
import { countFree } from '@hotaru/sdk'
import { defineCommand } from '../Command.ts'
import { describeClaim, describePrice } from '../describeMachine.ts'
import { toDocument } from '../renderJson.ts'
import { renderTable } from '../renderTable.ts'
import { shortId } from '../shortId.ts'

export const machineList = defineCommand({
  summary: 'List the machines of the network',
  examples: [
    ['hotaru machine list', 'all machines, with price and free slots'],
    ['hotaru machine list --json', 'the same for a program'],
  ],
  args: {},
  async run(args, { terminal, connect }) {
    const { hotaru } = await connect()
    const machines = await hotaru.ledger.listMachines()
    if (args.json) {
      terminal.line(
        toDocument({ machines: machines.map((machine) => ({ ...machine, freeSlots: countFree(machine) })) }),
      )
      return
    }
    if (machines.length === 0) {
      terminal.note('no machine is registered on this network\n\nhint: `npm start` brings this machine up as one')
      return
    }
    const nowSeconds = Math.floor(hotaru.clock.unixMs() / 1000)
    const rows = machines.map((machine) => [
      machine.id.toString(),
      machine.state,
      machine.class ? formatClass(machine.class) : '',
      `${countFree(machine)}/${machine.slots}`,
      describePrice(machine),
      machine.offer.tier,
      machine.lastSeen === 0 ? '' : `${formatSeconds(Math.max(0, nowSeconds - machine.lastSeen))} ago`,
      shortId(machine.owner, args.verbose),
      describeClaim(machine),
    ])
    terminal.line(
      renderTable(['ID', 'STATE', 'CLASS', 'FREE', 'PRICE', 'TIER', 'SEEN', 'OWNER', 'CLAIM'], rows, terminal),
    )
  },
})

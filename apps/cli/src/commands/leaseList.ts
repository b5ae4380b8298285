import { formatSeconds, formatTokens, type Lease } from '@hotaru/protocol'
import { defineCommand } from '../Command.ts'
import { toDocument } from '../renderJson.ts'
import { renderTable } from '../renderTable.ts'

export const leaseList = defineCommand({
  summary: 'List your leases',
  examples: [
    ['hotaru lease list', 'your leases, the newest first'],
    ['hotaru lease list --open', 'only those that still hold money'],
    ['hotaru lease list --json', 'the same for a program'],
  ],
  args: { open: { type: 'boolean', description: 'Only leases that are not closed' } },
  async run(args, { terminal, connect }) {
    const { hotaru } = await connect()
    const all = await hotaru.ledger.listLeases(hotaru.account.address)
    const leases = args.open ? all.filter((lease) => lease.state !== 'closed') : all
    if (args.json) {
      terminal.line(toDocument({ leases }))
      return
    }
    if (leases.length === 0) {
      terminal.note(`${hotaru.account.address} has no ${args.open ? 'open lease' : 'lease'}\n\nhint: hotaru run PATH`)
      return
    }
    const nowSeconds = Math.floor(hotaru.clock.unixMs() / 1000)
    const rows = leases.map((lease) => [
      lease.id.toString(),
      lease.machineId.toString(),
      lease.state,
      new Date((lease.state === 'open' ? lease.unpaidFrom : lease.paidUntil) * 1000).toISOString().slice(0, 19),
      timeLeft(lease, nowSeconds),
      formatTokens(lease.escrow, { fraction: 6 }),
    ])
    terminal.line(
      renderTable(['LEASE', 'MACHINE', 'STATE', 'OPENED OR PAID UNTIL (UTC)', 'LEFT', 'HELD'], rows, terminal),
    )
  },
})

/** Seconds that can still be used; empty where none can. */
export function timeLeft(lease: Lease, nowSeconds: number): string {
  if (lease.state === 'open') return formatSeconds(lease.durationSeconds)
  return lease.state === 'running' ? formatSeconds(Math.max(0, lease.paidUntil - nowSeconds)) : ''
}

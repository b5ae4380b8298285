import { deadline } from '@hotaru/base/async'
import { formatTokens, type Lease } from '@hotaru/protocol'
import { classifyMachine, type Hotaru } from '@hotaru/sdk'
import type { LeaseStatus } from '@hotaru/sdk/lease'
import { defineCommand } from '../Command.ts'
import { printable } from '../describeMachine.ts'
import { classFields } from '../machineFields.ts'
import { parseId } from '../parseNumber.ts'
import { toDocument } from '../renderJson.ts'
import { renderFields } from '../renderTable.ts'
import { timeLeft } from './leaseList.ts'

/** A machine that does not answer is not waited for longer: the ledger's side is there already. */
const askTimeoutMs = 3000

export const leaseShow = defineCommand({
  summary: 'Show one lease: money, time, what the machine is and says',
  examples: [
    ['hotaru lease show 7', 'lease 7, from the ledger and from its machine'],
    ['hotaru lease show 7 --json', 'the same for a program'],
  ],
  args: { lease: { type: 'positional', required: true, description: 'Number of the lease' } },
  async run(args, { terminal, connect, signal }) {
    const leaseId = parseId(args.lease, 'lease')
    const { hotaru } = await connect()
    const lease = await hotaru.ledger.readLease(leaseId)
    const [answer, machine, table] = await Promise.all([
      lease.state === 'closed' ? undefined : askMachine(hotaru, lease, signal),
      hotaru.ledger.readMachine(lease.machineId),
      hotaru.ledger.readClassTable(),
    ])
    const classified = classifyMachine(machine, table)
    if (args.json) {
      const { row, judgement } = classified
      const { class: measured, claim } = machine
      const size = { class: measured ?? null, classRow: row ?? null, claim, claimJudgement: judgement ?? null }
      terminal.line(toDocument({ lease, machine: answer ?? null, ...size }))
      return
    }
    const nowSeconds = Math.floor(hotaru.clock.unixMs() / 1000)
    const size = classFields(machine, classified, terminal.paint)
    terminal.line(renderFields([...ledgerFields(lease, nowSeconds), ...size, ...answerFields(answer)], terminal))
    const next = lease.state === 'closed' ? `hotaru lease receipt ${leaseId}` : `hotaru lease stop ${leaseId}`
    terminal.note(`\n${terminal.notePaint.hint(`hint: ${next}`)}`)
  },
})

type Answer = { status: LeaseStatus } | { unreachable: string } | undefined

async function askMachine(hotaru: Hotaru, lease: Lease, signal: AbortSignal): Promise<Answer> {
  const { openSession, readStatus } = await import('@hotaru/sdk/lease')
  try {
    const session = await openSession(hotaru, lease.id, ['status'])
    try {
      const asked = readStatus(session, { signal })
      return { status: await deadline(asked, askTimeoutMs, { what: 'ask the machine' }) }
    } finally {
      await session.close()
    }
  } catch (error) {
    return { unreachable: error instanceof Error ? error.message : String(error) }
  }
}

function ledgerFields(lease: Lease, nowSeconds: number): (readonly [string, string])[] {
  return [
    ['lease', lease.id.toString()],
    ['state', lease.state],
    ['machine', lease.machineId.toString()],
    ['renter', lease.renter],
    [lease.state === 'open' ? 'opened' : 'unpaid from', new Date(lease.unpaidFrom * 1000).toISOString()],
    ['paid until', lease.paidUntil === 0 ? '' : new Date(lease.paidUntil * 1000).toISOString()],
    ['terms', termsOf(lease)],
    ['left', timeLeft(lease, nowSeconds)],
    ['rate', `${formatTokens(lease.rate * 3600n)} an hour`],
    ['held', formatTokens(lease.escrow)],
  ]
}

function termsOf({ preemptible, burnBps, feeBps }: Lease): string {
  const share = (bps: number) => `${bps / 100} %`
  const fee = feeBps === 0 ? '' : `, ${share(feeBps)} to the operator`
  return `${preemptible ? 'preemptible' : 'on demand'}, ${share(burnBps)} of the rent burnt${fee}`
}

function answerFields(answer: Answer): (readonly [string, string])[] {
  if (!answer) return []
  if ('unreachable' in answer) return [['on the machine', printable(answer.unreachable)]]
  const { state, exit, reason } = answer.status
  const fields: (readonly [string, string])[] = [['on the machine', state]]
  if (exit) fields.push(['exit', `${exit.reason}${exit.code === null ? '' : ` with ${exit.code}`}`])
  if (reason) fields.push(['reason', printable(reason)])
  return fields
}

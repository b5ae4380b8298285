import { writeFile } from 'node:fs/promises'
import { exitCodes } from '@hotaru/base'
import { type Class, formatClass } from '@hotaru/protocol'
import type { ProvedLease } from '@hotaru/sdk/lease'
import { defineCommand } from '../Command.ts'
import { describeSize } from '../describeClass.ts'
import { formatRate } from '../formatRate.ts'
import { parseId } from '../parseNumber.ts'
import { toDocument } from '../renderJson.ts'
import { renderFields } from '../renderTable.ts'

export const leaseProve = defineCommand({
  summary: 'Have the slots of your running lease prove what they compute',
  examples: [
    ['hotaru lease prove 7', 'a few seconds of your lease, timed from here'],
    ['hotaru lease prove 7 --output proof.json', 'and keep what the machine signed as evidence'],
    ['hotaru lease prove 7 --json', 'the same for a program'],
  ],
  args: {
    lease: { type: 'positional', required: true, description: 'Number of the lease' },
    output: { type: 'string', alias: 'o', description: 'File for the signed evidence' },
  },
  async run(args, { terminal, connect, signal }) {
    const leaseId = parseId(args.lease, 'lease')
    const { hotaru } = await connect()
    const { openSession, proveLease } = await import('@hotaru/sdk/lease')
    const session = await openSession(hotaru, leaseId, ['prove'])
    try {
      const outcome = await proveLease(hotaru, session, { signal })
      if ('proved' in outcome && args.output) await writeFile(args.output, `${toDocument(outcome.proved.evidence)}\n`)
      if (args.json) terminal.line(toDocument(outcome))
      if ('fault' in outcome) {
        if (!args.json) terminal.line(`The proof of lease ${leaseId} is wrong: ${outcome.fault.reason}`)
        terminal.note(terminal.notePaint.hint(`hint: hotaru lease stop ${leaseId}   unused seconds come back`))
        return exitCodes.failed
      }
      if (!args.json) {
        const [machine, table] = await Promise.all([
          hotaru.ledger.readMachine(outcome.proved.evidence.machineId),
          hotaru.ledger.readClassTable(),
        ])
        const size = describeSize(machine, table, terminal.paint)
        terminal.line(renderFields(fieldsOf(outcome.proved, machine.class, size), terminal))
        if (args.output) terminal.note(`evidence saved as ${args.output}`)
      }
      return exitCodes.ok
    } finally {
      await session.close()
    }
  },
})

function fieldsOf(
  { multiplyAddsPerSecond, kind, computeBand, evidence }: ProvedLease,
  sold: Class | undefined,
  size: string,
) {
  return [
    ['lease', evidence.leaseId.toString()],
    ['each slot', `${formatRate(multiplyAddsPerSecond)} multiply-adds a second, seen from here`],
    ['that is', `${kind}-c${computeBand}`],
    ['class sold', sold ? `${formatClass(sold)}, ${size}` : 'none'],
    ['verdict', sold ? compare(computeBand, sold.computeBand) : 'nothing to compare with'],
  ] as const
}

/** A band is half an octave: one below is noise of the line, two are not. */
function compare(found: number, sold: number): string {
  if (found >= sold - 1) return 'as sold'
  return `slower than sold, by ${Math.round((1 - 2 ** ((found - sold) / 2)) * 100)} %`
}

import { auditsAbi, committeesAbi } from '@hotaru/contracts'
import type { Class } from '@hotaru/protocol'
import type { Address, Hex } from 'viem'
import type { Ledger } from './createLedger.ts'
import { type Asking, findAsker } from './findAsker.ts'
import { findBlockAt } from './findBlockAt.ts'
import { readAudit } from './readAudit.ts'
import { readCall } from './readCall.ts'
import { toClass } from './readMachine.ts'
import { type AuditState, auditStates } from './states.ts'
import { walkBlocks } from './walkBlocks.ts'
import type { EventLog } from './watchLogs.ts'

/** One thing that happened in an audit, at a unix second. */
export type AuditStep = { at: number } & (
  | ({ kind: 'requested' } & Asking)
  | { kind: 'redrawn'; committeeId: bigint }
  | { kind: 'seated'; committeeId: bigint; members: readonly Address[] }
  | { kind: 'posted'; transcript: Hex }
  | { kind: 'revealed'; committeeId: bigint; verifier: Address; vote: Hex }
  | { kind: 'finished'; state: AuditState; class: Class | undefined }
)

/** Reads what happened in an audit up to its verdict, in the order of the chain; a proof after it is `findForgery`'s. */
export async function readAuditSteps(ledger: Ledger, { auditId }: { auditId: bigint }): Promise<AuditStep[]> {
  const { state, machineId, requestedAt } = await readAudit(ledger, { auditId })
  if (state === 'none') return []
  const logs = await readLogs(ledger, auditId, await findBlockAt(ledger, requestedAt))
  const steps = logs.map(async (log): Promise<AuditStep[]> => {
    const { timestamp } = await readCall(ledger, 'read the time of a block', (client) =>
      client.getBlock({ blockNumber: log.blockNumber }),
    )
    const at = Number(timestamp)
    switch (log.eventName) {
      case 'Requested':
        return [
          { kind: 'requested', at, ...(await findAsker(ledger, { auditId, machineId, hash: log.transactionHash })) },
        ]
      case 'Redrawn':
        return [{ kind: 'redrawn', at, committeeId: log.args.committeeId }]
      case 'Seated':
        return [{ kind: 'seated', at, committeeId: log.args.committeeId, members: log.args.members }]
      case 'Posted':
        return [{ kind: 'posted', at, transcript: log.args.transcript }]
      case 'Revealed':
        return [{ kind: 'revealed', at, ...log.args }]
      case 'Finished': {
        const verdict = auditStates[log.args.state] ?? 'none'
        const measured = verdict === 'passed' ? toClass(log.args.class) : undefined
        return [{ kind: 'finished', at, state: verdict, class: measured }]
      }
      default:
        return []
    }
  })
  return (await Promise.all(steps)).flat()
}

type Log = EventLog<typeof auditsAbi> | EventLog<typeof committeesAbi>

/** The events of an audit and of each committee that was drawn for it, up to its verdict. */
async function readLogs(ledger: Ledger, auditId: bigint, from: bigint): Promise<Log[]> {
  const { audits, committees } = ledger.deployment.addresses
  const drawn = new Set<bigint>()
  const found: Log[] = []
  await walkBlocks(ledger, { from }, async (range) => {
    const [told, voted] = await Promise.all([
      ledger.client.getContractEvents({ abi: auditsAbi, address: audits, ...range, strict: true }),
      ledger.client.getContractEvents({ abi: committeesAbi, address: committees, ...range, strict: true }),
    ])
    const own = told.filter(({ args }) => 'auditId' in args && args.auditId === auditId)
    for (const { args } of own) if ('committeeId' in args) drawn.add(args.committeeId)
    const votes = voted.filter(({ args }) => 'committeeId' in args && drawn.has(args.committeeId))
    found.push(...[...own, ...votes].toSorted(byPosition))
    return own.some(({ eventName }) => eventName === 'Finished') || undefined
  })
  return found
}

const byPosition = (a: Log, b: Log) => Number(a.blockNumber - b.blockNumber) || a.logIndex - b.logIndex

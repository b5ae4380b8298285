import { auditsAbi } from '@hotaru/contracts'
import type { Class } from '@hotaru/protocol'
import type { Address, Hex } from 'viem'
import type { Ledger } from './createLedger.ts'
import { type AuditState, auditStates } from './readAudit.ts'
import { toClass } from './readMachine.ts'
import { type EventLog, type Position, type WatchOptions, watchLogs } from './watchLogs.ts'

/** Something that happened in an audit. Times in unix seconds. */
export type AuditEvent = Position & { auditId: bigint; removed: boolean } & (
    | { kind: 'requested'; machineId: bigint; seed: Hex; deadline: number }
    | { kind: 'attested'; verifier: Address; passed: boolean; class: Class }
    | { kind: 'finished'; machineId: bigint; state: AuditState; class: Class; validUntil: number }
  )

/** Yields what happens in audits, for ever; take an event as a hint to read the audit again. */
export async function* watchAudits(ledger: Ledger, options: WatchOptions = {}): AsyncGenerator<AuditEvent> {
  const contract = { abi: auditsAbi, address: ledger.deployment.addresses.audits } as const
  for await (const { log, removed } of watchLogs(ledger, contract, options)) {
    const event = toAuditEvent(log, removed)
    if (event) yield event
  }
}

function toAuditEvent(log: EventLog<typeof auditsAbi>, removed: boolean): AuditEvent | undefined {
  const { blockNumber, blockHash, logIndex, transactionHash } = log
  const at = { blockNumber, blockHash, logIndex, transactionHash, removed }
  switch (log.eventName) {
    case 'Requested':
      return { kind: 'requested', ...at, ...log.args, deadline: Number(log.args.deadline) }
    case 'Attested':
      return { kind: 'attested', ...at, ...log.args, class: toClass(log.args.class) }
    case 'Finished': {
      const { auditId, machineId, state, validUntil } = log.args
      const measured = { class: toClass(log.args.class), validUntil: Number(validUntil) }
      return { kind: 'finished', ...at, auditId, machineId, state: auditStates[state] ?? 'none', ...measured }
    }
    default:
      return undefined
  }
}

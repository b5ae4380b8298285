import { auditsAbi } from '@hotaru/contracts'
import type { Class } from '@hotaru/protocol'
import type { Address, Hex } from 'viem'
import type { Ledger } from './createLedger.ts'
import { toClass } from './readMachine.ts'
import { type AuditState, auditStates } from './states.ts'
import { type EventLog, type Position, type WatchOptions, watchLogs } from './watchLogs.ts'

/** Something that happened in an audit. Times in unix seconds. */
export type AuditEvent = Position & { auditId: bigint; removed: boolean } & (
    | { kind: 'requested'; machineId: bigint; committeeId: bigint; n: number; rounds: number }
    | { kind: 'redrawn'; committeeId: bigint }
    /** A verifier has this audit and the other done side by side. */
    | { kind: 'paired'; otherId: bigint; verifier: Address }
    | { kind: 'posted'; transcript: Hex }
    | { kind: 'finished'; machineId: bigint; state: AuditState; class: Class; classUntil: number }
    | { kind: 'forged'; machineId: bigint; prover: Address; taken: bigint }
    | { kind: 'ringerOpened'; caught: bigint; fooled: bigint }
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
      return { kind: 'requested', ...at, ...log.args }
    case 'Redrawn':
      return { kind: 'redrawn', ...at, ...log.args }
    case 'PairRequested': {
      const { auditA: auditId, auditB: otherId, verifier } = log.args
      return { kind: 'paired', ...at, auditId, otherId, verifier }
    }
    case 'Posted':
      return { kind: 'posted', ...at, ...log.args }
    case 'Finished': {
      const { auditId, machineId, state, classUntil } = log.args
      const measured = { class: toClass(log.args.class), classUntil: Number(classUntil) }
      return { kind: 'finished', ...at, auditId, machineId, state: auditStates[state] ?? 'none', ...measured }
    }
    case 'Forged':
      return { kind: 'forged', ...at, ...log.args }
    case 'RingerOpened':
      return { kind: 'ringerOpened', ...at, ...log.args }
    default:
      return undefined
  }
}

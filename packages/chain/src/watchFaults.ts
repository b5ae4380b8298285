import { faultsAbi } from '@hotaru/contracts'
import type { Address } from 'viem'
import type { Ledger } from './createLedger.ts'
import { faultStates } from './states.ts'
import { type EventLog, type Position, type WatchOptions, watchLogs } from './watchLogs.ts'

/** Something that happened to a reported fault. Times in unix seconds, amounts in token units. */
export type FaultEvent = Position & { faultId: bigint; removed: boolean } & (
    | { kind: 'reported'; machineId: bigint; leaseId: bigint; reporter: Address; committeeId: bigint }
    | { kind: 'judged'; state: (typeof faultStates)[number]; since: number }
    | { kind: 'appealed'; appellant: Address; committeeId: bigint }
    | { kind: 'recovered'; until: number }
    | { kind: 'executed'; guilty: boolean; taken: bigint; refunded: bigint }
  )

/** Yields what happens to faults, for ever; take an event as a hint to read the fault again. */
export async function* watchFaults(ledger: Ledger, options: WatchOptions = {}): AsyncGenerator<FaultEvent> {
  const contract = { abi: faultsAbi, address: ledger.deployment.addresses.faults } as const
  for await (const { log, removed } of watchLogs(ledger, contract, options)) {
    const event = toFaultEvent(log, removed)
    if (event) yield event
  }
}

function toFaultEvent(log: EventLog<typeof faultsAbi>, removed: boolean): FaultEvent | undefined {
  const { blockNumber, blockHash, logIndex, transactionHash } = log
  const at = { blockNumber, blockHash, logIndex, transactionHash, removed }
  switch (log.eventName) {
    case 'Reported': {
      const { faultId, machineId, leaseId, reporter, committeeId } = log.args
      return { kind: 'reported', ...at, faultId, machineId, leaseId, reporter, committeeId }
    }
    case 'Judged': {
      const { faultId, state, since } = log.args
      return { kind: 'judged', ...at, faultId, state: faultStates[state] ?? 'none', since: Number(since) }
    }
    case 'Appealed':
      return { kind: 'appealed', ...at, ...log.args }
    case 'Recovered':
      return { kind: 'recovered', ...at, faultId: log.args.faultId, until: Number(log.args.until) }
    case 'Executed': {
      const { faultId, guilty, taken, refunded } = log.args
      return { kind: 'executed', ...at, faultId, guilty, taken, refunded }
    }
    default:
      return undefined
  }
}

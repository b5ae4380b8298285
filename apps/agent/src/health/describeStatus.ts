import type { Fingerprint } from '@hotaru/driver'
import type { Hardware } from '@hotaru/protocol'
import type { State } from '../core/State.ts'

/** The agent in one page, for its owner. Holds no secrets: keys and tokens never come near it. */
export function describeStatus(state: State, more: describeStatus.More): unknown {
  return {
    machineId: state.machine.id,
    pid: process.pid,
    endpoint: state.machine.endpoint,
    ledger: { ...state.machine.ledger, block: state.head?.block ?? null },
    drivers: more.drivers,
    hardware: more.hardware ?? null,
    freeDiskBytes: state.machine.freeDiskBytes,
    leases: Object.values(state.leases).map(({ id, step, reason, exit, ledger, endsAtMs }) => ({
      ...{ id, step, reason, exit, ledger: ledger.state, slots: ledger.slots, endsAtMs },
    })),
  }
}

export declare namespace describeStatus {
  type More = { drivers: readonly Fingerprint[]; hardware: Hardware | undefined }
}

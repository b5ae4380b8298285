import type { Handle } from '@hotaru/driver'
import type { Exit, Workload } from '@hotaru/protocol'
import type { Effect } from './Effect.ts'
import type { DriverHealth, LeaseWork, LedgerLease, MachineWork } from './State.ts'

/** Something that is so, whoever found it out. */
export type Fact =
  /** What the journal kept, after a restart. */
  | { type: 'booted'; records: readonly JournalRecord[] }
  /** Workloads the drivers have, all or some: those that no lease backs are removed. */
  | { type: 'workloadsFound'; handles: readonly Handle[] }
  | { type: 'headSeen'; block: number; unixSeconds: number }
  /** A lease of this machine as the ledger shows it; null when the ledger no longer knows it (a reorg). */
  | { type: 'leaseSeen'; leaseId: string; lease: LedgerLease | null }
  /** Leases were looked for up to this block. */
  | { type: 'ledgerRead'; block: number }
  | { type: 'machineSeen'; ledger: NonNullable<MachineWork['ledger']> }
  | { type: 'driversChecked'; drivers: readonly DriverHealth[] }
  | { type: 'diskChecked'; freeBytes: number }
  | { type: 'listening'; endpoint: string }
  | { type: 'manifestAccepted'; leaseId: string; manifest: Workload }
  | { type: 'directoryReady'; leaseId: string; received: readonly string[] }
  | { type: 'fileReceived'; leaseId: string; sha256: string }
  | { type: 'runRequested'; leaseId: string }
  | { type: 'stopRequested'; leaseId: string }
  | { type: 'started'; leaseId: string; handle: Handle }
  | { type: 'devicesVerified'; leaseId: string }
  | { type: 'devicesMissing'; leaseId: string; reason: string }
  | { type: 'exited'; leaseId: string; exit: Exit }
  | { type: 'wiped'; leaseId: string }
  | { type: 'orphanRemoved'; taskId: string }
  | { type: 'heartbeatSent' }
  | { type: 'auditRequested' }
  | { type: 'machineMoved'; state: 'online' | 'paused' }
  | { type: 'endpointSet'; endpoint: string }
  | { type: 'examBegun' }
  | { type: 'examEnded' }

/** What may happen to the core: a fact, the outcome of an effect, the journal's health, or just time passing. */
export type Event =
  | Fact
  | { type: 'done'; effect: Effect; facts: readonly Fact[] }
  /** `hopeless`: the same effect can never succeed. */
  | { type: 'failed'; effect: Effect; reason: string; hopeless: boolean }
  | { type: 'journalChecked'; ok: boolean }
  | { type: 'tick' }

/** One line of the journal: the newest of a subject counts. */
export type JournalRecord =
  | { lease: LeaseWork }
  | { forget: string }
  | { machine: Pick<MachineWork, 'pausedByAgent' | 'readTo'> }

import type { Device, Handle } from '@hotaru/driver'
import type { Exit, LeaseState, Workload, WorkState } from '@hotaru/protocol'

/** A lease as the ledger shows it, in plain JSON. */
export type LedgerLease = {
  state: LeaseState
  renter: string
  slots: readonly number[]
  /** Seconds bought and not started yet; 0 once it runs. */
  durationSeconds: number
  /** Unix seconds of the ledger: the opening (or the earliest start, when it waits for a preempted lease) before it runs; then
   * the start, while nothing has been paid. */
  unpaidFrom: number
  /** Unix seconds of the ledger; 0 before it runs. */
  paidUntil: number
  /** Something has been paid, so that it cannot be rejected any more. */
  accepted: boolean
  workloadDigest: string
  openedBlock: number
}

/** Everything the agent knows of one lease, in plain JSON: what the journal keeps. Times are steady unix ms. */
export type LeaseWork = {
  id: string
  step: WorkState
  ledger: LedgerLease
  manifest: Workload | null
  /** The lease's directory is there and empty but for received files. */
  prepared: boolean
  /** sha256 of the files that lie there, checked. */
  received: readonly string[]
  runRequested: boolean
  stopRequested: boolean
  /** Wall time at which the driver ends the workload by itself; set once, before the start. */
  deadlineUnixMs: number | null
  handle: Handle | null
  /** When the driver had started it. */
  handleAtMs: number | null
  devices: 'unknown' | 'verified' | 'missing'
  /** When the lease is paid until, by our own clock; null before billing. */
  endsAtMs: number | null
  exit: Exit | null
  exitedAtMs: number | null
  /** Why it failed or ended early, for the renter. */
  reason: string | null
  /** When the ledger was seen to be done with it: results are kept for a while from here. */
  finishedAtMs: number | null
  /** Nothing of it is left on this machine. */
  wiped: boolean
  /** Taken from the journal: its start may have happened already. */
  recovered: boolean
}

/** A driver as it was last found. */
export type DriverHealth = {
  name: string
  healthy: boolean
  reason: string | null
  hint: string | null
  devices: readonly Device[]
}

/** The machine itself. */
export type MachineWork = {
  id: string
  /** As the ledger shows it; null before it was read. */
  ledger: { state: 'online' | 'paused'; endpoint: string; auditOpen: boolean; classValidUntil: number } | null
  /** Whether it was the agent that paused: an owner's pause is left alone. */
  pausedByAgent: boolean
  /** Null before they were checked. */
  drivers: readonly DriverHealth[] | null
  /** Workloads on this machine that no lease backs. */
  orphans: readonly Handle[]
  /** Where the agent listens now; empty before it does. */
  endpoint: string
  heartbeatAtMs: number | null
  auditAskedAtMs: number | null
  freeDiskBytes: number
  /** It is being examined: its devices and memory are taken. */
  examining: boolean
  /** Block up to which leases were looked for; kept now and then, so that a restart need not read the whole chain. */
  readTo: number
  /** False while the journal cannot be written: nothing new is begun then. */
  journalOk: boolean
}

/** Newest block, and how far its clock is ahead of ours. */
export type Head = { block: number; aheadMs: number }

/** The whole of what the core knows. `inFlight` and `backoff` are of this process alone and never kept. */
export type State = {
  machine: MachineWork
  leases: Readonly<Record<string, LeaseWork>>
  head: Head | null
  /** Effects under way, by key. */
  inFlight: Readonly<Record<string, true>>
  /** Effects that failed, by key, and when to try again. */
  backoff: Readonly<Record<string, { attempts: number; notBeforeMs: number }>>
}

/** Constants of this agent and its network. */
export type Settings = {
  /** Prefix of task ids, so that no agent touches another's workloads on a shared engine. */
  taskPrefix: string
  slots: number
  memoryBytes: number
  cpus: number
  /** Blocks on top of the one that opened a lease before it counts. */
  confirmations: number
  startWindowSeconds: number
  acceptWindowSeconds: number
  /** How long results are kept after the ledger is done with the lease. */
  resultsGraceMs: number
  /** How long the renter has to close by himself after the program ended, before unused seconds are sent back. */
  exitGraceMs: number
  /** The longest a workload may run before billing has begun. */
  unbilledLimitMs: number
  heartbeatMs: number
  /** Free disk below which no new work is taken. */
  diskReserveBytes: number
}

/** A state that knows nothing yet. */
export function initialState(machineId: string): State {
  return {
    machine: {
      id: machineId,
      ledger: null,
      pausedByAgent: false,
      drivers: null,
      orphans: [],
      endpoint: '',
      heartbeatAtMs: null,
      auditAskedAtMs: null,
      freeDiskBytes: Number.MAX_SAFE_INTEGER,
      examining: false,
      readTo: 0,
      journalOk: true,
    },
    leases: {},
    head: null,
    inFlight: {},
    backoff: {},
  }
}

/** A lease as it is first seen on the ledger. */
export function newLease(id: string, ledger: LedgerLease): LeaseWork {
  return {
    id,
    step: 'confirmed',
    ledger,
    manifest: null,
    prepared: false,
    received: [],
    runRequested: false,
    stopRequested: false,
    deadlineUnixMs: null,
    handle: null,
    handleAtMs: null,
    devices: 'unknown',
    endsAtMs: null,
    exit: null,
    exitedAtMs: null,
    reason: null,
    finishedAtMs: null,
    wiped: false,
    recovered: false,
  }
}

import type { Exit, Machine, Receipt } from '@hotaru/protocol'
import type { OpenedLease } from '../Ledger.ts'
import type { LogEvent } from '../lease/followLogs.ts'
import type { Sending, Sent } from '../lease/sendWorkload.ts'

/** What happens in a run, in this order but for `linked`, which may come before `leased`. */
export type RunEvent =
  /** The offer that is taken; again when it was gone and the next one is tried. */
  | { type: 'offer'; machine: Machine; slots: number; seconds: number }
  | { type: 'gone'; machineId: bigint; reason: string }
  | ({ type: 'leased'; machineId: bigint } & OpenedLease)
  | { type: 'linked' }
  | ({ type: 'sending' } & Sending)
  | ({ type: 'sent' } & Sent)
  /** The workload runs and billing has begun. */
  | { type: 'running' }
  | LogEvent
  | { type: 'stopping'; reason: string }
  | { type: 'saved'; path: string; location: string; sizeBytes: number }
  | { type: 'closed'; receipt: Receipt }

/** How a run ended. */
export type RunOutcome = {
  leaseId: bigint
  machineId: bigint
} & (
  | { ended: 'exited'; exit: Exit; receipt: Receipt }
  | { ended: 'interrupted'; receipt: Receipt }
  | { ended: 'detached' }
)

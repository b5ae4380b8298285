import type { Handle, Task } from '@hotaru/driver'
import type { Workload } from '@hotaru/protocol'

/** What the shell is asked to do. At most one of a key is under way; each may be done again after a crash. */
export type Effect = LeaseEffect | MachineEffect

export type LeaseEffect =
  | { type: 'prepareDirectory'; leaseId: string; manifest: Workload }
  /** The shell adds the directory. `adopt`: it may have been started before a crash; look before starting. */
  | { type: 'startWorkload'; leaseId: string; task: Omit<Task, 'directory'>; manifest: Workload; adopt: boolean }
  | { type: 'verifyDevices'; leaseId: string; handle: Handle }
  /** Under way for as long as the workload runs. */
  | { type: 'watchWorkload'; leaseId: string; handle: Handle }
  | { type: 'stopWorkload'; leaseId: string; handle: Handle }
  | { type: 'sendStart'; leaseId: string }
  | { type: 'sendEnd'; leaseId: string }
  | { type: 'sendSettle'; leaseId: string }
  /** Removes the workload and its directory; `taskId` when one may have been started whose handle is not known. */
  | { type: 'wipe'; leaseId: string; handle: Handle | null; taskId: string | null }

export type MachineEffect =
  | { type: 'heartbeat' }
  | { type: 'pause' }
  | { type: 'resume' }
  | { type: 'requestAudit' }
  | { type: 'setEndpoint'; endpoint: string }
  /** Breaks an exam off, so that no renter waits for it. */
  | { type: 'endExam' }
  /** Ends a workload that no lease backs. */
  | { type: 'removeOrphan'; handle: Handle }

/** Names an effect so that it is never under way twice. */
export function keyOf(effect: Effect): string {
  if ('leaseId' in effect) return `${effect.type} ${effect.leaseId}`
  return effect.type === 'removeOrphan' ? `removeOrphan ${effect.handle.taskId}` : effect.type
}

/** Effects that begin something: they wait while the journal cannot be written. Endings never wait. */
export function isBeginning(effect: Effect): boolean {
  return effect.type === 'prepareDirectory' || effect.type === 'startWorkload' || effect.type === 'sendStart'
}

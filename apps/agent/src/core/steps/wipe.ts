import type { Effect } from '../Effect.ts'
import type { LeaseWork } from '../State.ts'
import { taskIdOf } from '../toTask.ts'
import type { Context } from './Step.ts'

/** Wants everything of a lease removed from the machine: the workload, its directory, its files. */
export function wipe(lease: LeaseWork, { state, settings }: Context): Effect[] {
  // A start under way would leave a workload behind: its handle comes first, then it goes.
  if (lease.wiped || state.inFlight[`startWorkload ${lease.id}`] || state.inFlight[`prepareDirectory ${lease.id}`])
    return []
  const mayHaveStarted = lease.handle === null && lease.deadlineUnixMs !== null
  const taskId = mayHaveStarted ? taskIdOf(lease.id, settings) : null
  return [{ type: 'wipe', leaseId: lease.id, handle: lease.handle, taskId }]
}

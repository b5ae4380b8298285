import type { Effect } from '../Effect.ts'
import type { LeaseWork } from '../State.ts'
import { toTask } from '../toTask.ts'
import { fail, finish, leaveBeforeStart } from './leave.ts'
import type { Context, Move, Step } from './Step.ts'

/** Everything is here: start it, look for its devices inside it, and only then begin billing. */
export const starting: Step = (lease, context) => {
  const { ledger } = lease
  if (ledger.state === 'none') return finish(lease, 'the ledger no longer knows the lease')
  if (ledger.state === 'closed' || ledger.state === 'ended') return finish(lease, 'the lease was closed')
  if (!lease.handle) return begin(lease, context)
  if (ledger.state === 'running') return { lease: { ...lease, step: 'running' }, wants: [] }
  if (lease.stopRequested) return fail(lease, 'it was stopped by the renter before it ran')
  if (lease.exit?.reason === 'lost') return fail(lease, 'the workload was lost')
  if (lease.devices === 'missing') {
    // A program that is done before anyone could look is not billed, and its results are kept.
    if (lease.exit?.reason === 'exited') return { lease: { ...lease, step: 'exited' }, wants: [] }
    return fail(lease, lease.reason ?? 'the devices of the lease were not there')
  }
  if (context.nowMs > (lease.handleAtMs ?? context.nowMs) + context.settings.unbilledLimitMs)
    return fail(lease, 'the ledger did not take the start in time')

  const wants: Effect[] = []
  const task = { leaseId: lease.id, handle: lease.handle }
  if (!lease.exit) wants.push({ type: 'watchWorkload', ...task })
  if (lease.devices === 'unknown') wants.push({ type: 'verifyDevices', ...task })
  else wants.push({ type: 'sendStart', leaseId: lease.id })
  return { lease, wants }
}

function begin(lease: LeaseWork, context: Context): Move {
  if (lease.ledger.state === 'running') return fail(lease, 'the agent lost track of it')
  const left = leaveBeforeStart(lease, context)
  if (left) return left
  if (lease.wiped) return fail(lease, 'the files that were sent for it are no longer there')
  // Just after a restart nobody has looked at the drivers yet.
  if (context.state.machine.drivers === null) return { lease, wants: [] }
  const task = toTask(lease, context)
  const { manifest, id: leaseId, recovered: adopt } = lease
  if (!task || !manifest) return fail(lease, 'its driver or devices are no longer there')
  // The slots' last tenant may still be ending: two never share a device.
  if (areSlotsHeld(lease, context)) return { lease, wants: [] }
  // Without a GPU there is no device that could be missing.
  const devices = task.devices.some(({ kind }) => kind === 'gpu') ? 'unknown' : 'verified'
  return { lease: { ...lease, devices }, wants: [{ type: 'startWorkload', leaseId, task, manifest, adopt }] }
}

function areSlotsHeld(lease: LeaseWork, { state }: Context): boolean {
  return Object.values(state.leases).some((other) => {
    if (other.id === lease.id || other.exit || other.wiped) return false
    const mayRun = other.handle !== null || state.inFlight[`startWorkload ${other.id}`] === true
    return mayRun && other.ledger.slots.some((slot) => lease.ledger.slots.includes(slot))
  })
}

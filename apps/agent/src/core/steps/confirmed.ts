import { fail, leaveBeforeStart } from './leave.ts'
import type { Step } from './Step.ts'

/** The ledger has the lease; nothing was sent yet. */
export const confirmed: Step = (lease, context) => {
  const left = leaveBeforeStart(lease, context)
  if (left) return left
  // Billing runs, but nothing is known of the workload: the journal was lost.
  if (lease.ledger.state === 'running') return fail(lease, 'the agent lost track of it')
  if (lease.manifest) return { lease: { ...lease, step: 'sending' }, wants: [] }
  return { lease, wants: [] }
}

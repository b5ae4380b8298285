import type { LeaseWork } from '../State.ts'
import { fail, leaveBeforeStart } from './leave.ts'
import type { Step } from './Step.ts'

/** The manifest was accepted; files arrive until the renter says run. */
export const sending: Step = (lease, context) => {
  const left = leaveBeforeStart(lease, context)
  if (left) return left
  if (lease.ledger.state === 'running') return fail(lease, 'the agent lost track of it')
  const { manifest } = lease
  if (!manifest) return { lease: { ...lease, step: 'confirmed' }, wants: [] }
  if (!lease.prepared) return { lease, wants: [{ type: 'prepareDirectory', leaseId: lease.id, manifest }] }
  if (!lease.runRequested || missingFiles(lease).length > 0) return { lease, wants: [] }
  const longestMs = Math.min(manifest.limits.timeoutMs, lease.ledger.durationSeconds * 1000 + startSlackMs)
  return { lease: { ...lease, step: 'starting', deadlineUnixMs: context.nowMs + longestMs }, wants: [] }
}

/** Files of the manifest, by sha256, that are not here yet. */
export function missingFiles(lease: LeaseWork): string[] {
  const missing = new Set(lease.manifest?.files.map((file) => file.sha256))
  for (const sha256 of lease.received) missing.delete(sha256)
  return [...missing]
}

/**
 * Room between the driver's start and the block that begins billing, so that the driver's own deadline (which holds
 * without an agent) does not cut into paid seconds; while the agent lives it ends the lease at `paidUntil` itself.
 */
const startSlackMs = 60_000

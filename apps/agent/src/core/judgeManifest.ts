import { BaseError } from '@hotaru/base'
import { canonicalJson, formatBytes, hashWorkload, type Workload } from '@hotaru/protocol'
import type { LeaseWork, Settings, State } from './State.ts'
import { devicesOf, shareOf } from './toTask.ts'

/**
 * Checks that a manifest is the one the lease was opened for, and that it fits this machine.
 *
 * @throws `Agent.RefusedWorkloadError` with the reason, word for word for the renter.
 */
export function judgeManifest(lease: LeaseWork, manifest: Workload, given: judgeManifest.Given): void {
  const { state, settings } = given
  const refused = (reason: string, expected: string, hint?: string) =>
    new RefusedWorkloadError({ leaseId: lease.id, reason, expected, hint })
  if (hashWorkload(manifest) !== lease.ledger.workloadDigest)
    throw refused('the manifest is not the one of the lease', 'the digest that the ledger has')
  const isSame = lease.manifest !== null && canonicalJson(lease.manifest) === canonicalJson(manifest)
  if (lease.step !== 'confirmed' && !isSame)
    throw refused(`the lease is "${lease.step}"`, 'one that waits for a workload')

  const driver = state.machine.drivers?.find((one) => one.name === manifest.program.driver)
  const elsewhere = 'close the lease (nothing is charged) and search an offer with that driver'
  if (!driver) throw refused(`this machine has no driver "${manifest.program.driver}"`, 'one that it has', elsewhere)
  if (!driver.healthy)
    throw refused(`driver "${driver.name}" does not work: ${driver.reason}`, 'a healthy one', elsewhere)
  if (!devicesOf(driver.devices, lease.ledger.slots))
    throw refused(
      `driver "${driver.name}" has no device for slots ${lease.ledger.slots}`,
      'one for each slot',
      elsewhere,
    )

  const { memoryBytes, diskBytes } = manifest.limits
  const share = shareOf(lease.ledger.slots, settings)
  if (memoryBytes > share.memoryBytes)
    throw refused(`it asks for ${formatBytes(memoryBytes)} of memory`, `at most ${formatBytes(share.memoryBytes)}`)
  const filesBytes = manifest.files.reduce((sum, file) => sum + file.sizeBytes, 0)
  if (filesBytes > diskBytes)
    throw refused(`its files are ${formatBytes(filesBytes)}`, `no more than its disk limit ${formatBytes(diskBytes)}`)
  const freeBytes = freeForLeases(state, settings, lease.id)
  if (diskBytes > freeBytes)
    throw refused(`it asks for ${formatBytes(diskBytes)} of disk`, `at most ${formatBytes(Math.max(0, freeBytes))}`)
}

export declare namespace judgeManifest {
  type Given = { state: State; settings: Settings }
}

/** Free disk that is neither the journal's reserve nor promised to another lease. */
function freeForLeases({ machine, leases }: State, settings: Settings, exceptLeaseId: string): number {
  const promised = Object.values(leases)
    .filter((lease) => lease.id !== exceptLeaseId && lease.manifest !== null && !lease.exit && !lease.wiped)
    .reduce((sum, lease) => sum + (lease.manifest?.limits.diskBytes ?? 0), 0)
  return machine.freeDiskBytes - settings.diskReserveBytes - promised
}

export class RefusedWorkloadError extends BaseError {
  override readonly name = 'Agent.RefusedWorkloadError'

  constructor({ leaseId, reason, expected, hint }: RefusedWorkloadError.Values) {
    super(`Cannot take the workload: ${reason}, expected ${expected}`, {
      facts: { leaseId },
      hint: hint ?? 'close the lease (nothing is charged before the start), change the workload and lease again',
      retry: 'elsewhere',
    })
  }
}

export declare namespace RefusedWorkloadError {
  type Values = { leaseId: string; reason: string; expected: string; hint?: string | undefined }
}

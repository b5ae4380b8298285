import type { Effect } from '../core/Effect.ts'
import type { Fact } from '../core/Event.ts'
import type { Outside } from './runEffect.ts'

/** Removes everything of a lease: what still writes, the workload, the directory. Safe to repeat. */
export async function wipeLease(
  { leaseId, handle, taskId }: Effect & { type: 'wipe' },
  { drivers, disk, guards }: Pick<Outside, 'drivers' | 'disk' | 'guards'>,
): Promise<Fact[]> {
  await guards.release(leaseId)
  if (handle) await drivers.of(handle.driver).remove(handle)
  if (taskId !== null) {
    for (const driver of drivers.all)
      for (const found of await driver.list()) if (found.taskId === taskId) await driver.remove(found)
  }
  await disk.remove(leaseId)
  return [{ type: 'wiped', leaseId }]
}

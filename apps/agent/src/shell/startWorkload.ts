import type { Effect } from '../core/Effect.ts'
import type { Fact } from '../core/Event.ts'
import type { Outside } from './runEffect.ts'

/** Starts a workload; after a crash, takes up the one that the last life of the agent may have started. */
export async function startWorkload(
  { leaseId, task, manifest, adopt }: Effect & { type: 'startWorkload' },
  { drivers, disk }: Outside,
): Promise<Fact[]> {
  const driver = drivers.of(task.program.driver)
  const found = adopt ? (await driver.list()).find((handle) => handle.taskId === task.id) : undefined
  if (found) return [{ type: 'started', leaseId, handle: found }]
  await disk.place(leaseId, manifest.files)
  const handle = await driver.start({ ...task, directory: disk.directoryOf(leaseId) })
  return [{ type: 'started', leaseId, handle }]
}

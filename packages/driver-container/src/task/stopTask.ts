import type { Handle } from '@hotaru/driver'
import { killContainer, stopContainer } from '../engine/containers.ts'
import { taskRecords } from '../warden/TaskRecord.ts'
import { findHandle } from './findTask.ts'
import type { Shop } from './Shop.ts'

/** Asks the workload to end, and ends it after the grace. */
export async function stopTask(shop: Shop, handle: Handle, graceMs: number): Promise<void> {
  const container = await findHandle(shop, handle)
  if (!container?.State.Running) return
  await taskRecords.judge(shop.directory, handle.taskId, 'stopped')
  // The engine counts in whole seconds: no grace is a kill.
  if (graceMs === 0) await killContainer(shop.engine, container.Id)
  else await stopContainer(shop.engine, container.Id, graceMs)
}

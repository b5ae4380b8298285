import type { Handle } from '@hotaru/driver'
import { removeContainer } from '../engine/containers.ts'
import { taskRecords } from '../warden/TaskRecord.ts'
import { findHandle } from './findTask.ts'
import type { Shop } from './Shop.ts'

/** Ends the workload if it still runs, and forgets it. */
export async function removeTask(shop: Shop, handle: Handle): Promise<void> {
  const container = await findHandle(shop, handle)
  if (container) await removeContainer(shop.engine, container.Id)
  await taskRecords.remove(shop.directory, handle.taskId)
}

import { type Handle, NotRunningError, type Stats } from '@hotaru/driver'
import { readUsage } from '../engine/readUsage.ts'
import { measureDirectory } from '../warden/measureDirectory.ts'
import { taskRecords } from '../warden/TaskRecord.ts'
import { findHandle } from './findTask.ts'
import type { Shop } from './Shop.ts'

/** What a running workload uses. Throws `Driver.NotRunningError`. */
export async function readStats(shop: Shop, handle: Handle): Promise<Stats> {
  const container = await findHandle(shop, handle)
  if (!container?.State.Running) throw new NotRunningError({ taskId: handle.taskId, what: 'measure the workload' })
  const record = await taskRecords.read(shop.directory, handle.taskId)
  const [usage, diskBytes] = await Promise.all([
    readUsage(shop.engine, container.Id),
    record === undefined ? 0 : measureDirectory(record.directory, record.diskBytes),
  ])
  // Docker's init process is not the workload's.
  const init = shop.engine.kind === 'docker' ? 1 : 0
  return { ...usage, processes: Math.max(0, usage.processes - init), diskBytes }
}

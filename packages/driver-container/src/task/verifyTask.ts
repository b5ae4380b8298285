import type { DeviceCheck, Handle } from '@hotaru/driver'
import { verifyDevices } from '../device/verifyDevices.ts'
import { taskRecords } from '../warden/TaskRecord.ts'
import { findHandle } from './findTask.ts'
import type { Shop } from './Shop.ts'

/** Whether the devices of the lease are there inside the workload. */
export async function verifyTask(shop: Shop, handle: Handle): Promise<DeviceCheck> {
  const container = await findHandle(shop, handle)
  if (!container?.State.Running) return { ok: false, reason: 'the workload is not running' }
  const record = await taskRecords.read(shop.directory, handle.taskId)
  if (record === undefined) return { ok: false, reason: 'nothing is kept of what the workload was granted' }
  return verifyDevices(shop.engine, { id: container.Id, pid: container.State.Pid }, record.nodes)
}

import { callWarden } from '../warden/callWarden.ts'
import { taskRecords } from '../warden/TaskRecord.ts'
import { findTask } from './findTask.ts'
import type { Shop } from './Shop.ts'

/** Has the warden watch a task, and calls another warden should this one die before the workload has ended. */
export async function watchOver(shop: Shop, taskId: string): Promise<void> {
  if ((await taskRecords.read(shop.directory, taskId)) === undefined) return
  await callWarden(shop.engine, shop.directory, { taskId, onLost: () => void watchAgain(shop, taskId) })
}

async function watchAgain(shop: Shop, taskId: string): Promise<void> {
  try {
    const container = await findTask(shop, taskId)
    if (container?.State.Running) await watchOver(shop, taskId)
  } catch (error) {
    shop.logger.error('workload is not watched', { taskId, error })
  }
}

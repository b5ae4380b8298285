import type { Handle } from '@hotaru/driver'
import type { Exit } from '@hotaru/protocol'
import { findHandle } from './findTask.ts'
import { readExit } from './readExit.ts'
import type { Shop } from './Shop.ts'
import { watchOver } from './watchOver.ts'

/** Takes a workload up again after the agent was restarted. */
export async function recoverTask(shop: Shop, handle: Handle): Promise<'running' | Exit> {
  const container = await findHandle(shop, handle)
  if (!container?.State.Running) return readExit(shop, handle.taskId, container)
  await watchOver(shop, handle.taskId)
  return 'running'
}

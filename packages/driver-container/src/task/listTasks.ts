import type { Handle } from '@hotaru/driver'
import { listContainers } from '../engine/containers.ts'
import { handleOf } from './findTask.ts'
import type { Shop } from './Shop.ts'

/** Every workload the engine knows of this driver, ended ones that were not removed included. */
export async function listTasks(shop: Shop): Promise<Handle[]> {
  const containers = await listContainers(shop.engine, [shop.label])
  return containers.flatMap(({ Id, Labels }) => {
    const taskId = Labels?.['hotaru.task']
    return taskId === undefined ? [] : [handleOf(taskId, Id)]
  })
}

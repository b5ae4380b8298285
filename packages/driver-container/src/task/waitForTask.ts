import type { Handle } from '@hotaru/driver'
import type { Exit } from '@hotaru/protocol'
import { waitForContainer } from '../engine/containers.ts'
import { containerIdOf, findHandle } from './findTask.ts'
import { readExit } from './readExit.ts'
import type { Shop } from './Shop.ts'

/** Resolves with how the workload ended, now or long ago. */
export async function waitForTask(shop: Shop, handle: Handle, signal: AbortSignal | undefined): Promise<Exit> {
  signal?.throwIfAborted()
  await waitForContainer(shop.engine, containerIdOf(handle), { signal })
  return readExit(shop, handle.taskId, await findHandle(shop, handle))
}

import { type Exec, type ExecOptions, type Handle, NotRunningError } from '@hotaru/driver'
import type { Exit } from '@hotaru/protocol'
import { execInContainer } from '../engine/execInContainer.ts'
import { findHandle } from './findTask.ts'
import type { Shop } from './Shop.ts'

/** Runs one more command behind the workload's walls. Throws `Driver.NotRunningError`. */
export async function runCommand(
  shop: Shop,
  handle: Handle,
  options: ExecOptions & { command: readonly string[] },
): Promise<Exec> {
  const container = await findHandle(shop, handle)
  if (!container?.State.Running) throw new NotRunningError({ taskId: handle.taskId, what: 'run the command' })
  const { output, code } = await execInContainer(shop.engine, container.Id, options)
  const exit = code.then((number): Exit => ({ code: number, reason: number === null ? 'stopped' : 'exited' }))
  exit.catch(() => {})
  return { output, exit }
}

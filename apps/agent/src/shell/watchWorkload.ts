import type { Effect } from '../core/Effect.ts'
import type { Fact } from '../core/Event.ts'
import type { Outside } from './runEffect.ts'

/** Waits for the end of a workload; one that a former life of the agent started is taken up first. */
export async function watchWorkload(
  { leaseId, handle }: Effect & { type: 'watchWorkload' },
  { drivers }: Outside,
  signal: AbortSignal,
): Promise<Fact[]> {
  const driver = drivers.of(handle.driver)
  const status = await driver.recover(handle)
  const exit = status === 'running' ? await driver.wait(handle, { signal }) : status
  return [{ type: 'exited', leaseId, exit }]
}

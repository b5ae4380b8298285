import type { Effect } from '../core/Effect.ts'
import type { Fact } from '../core/Event.ts'
import type { Outside } from './runEffect.ts'

/** Looks inside the workload for the devices of the lease. */
export async function verifyDevices(
  { leaseId, handle }: Effect & { type: 'verifyDevices' },
  { drivers }: Outside,
): Promise<Fact[]> {
  const driver = drivers.of(handle.driver)
  const check = await driver.verifyDevices(handle)
  if (check.ok) return [{ type: 'devicesVerified', leaseId }]
  // A program that ended meanwhile shows no devices either; that is no fault of the machine.
  const status = await driver.recover(handle)
  const exited: Fact[] = status === 'running' ? [] : [{ type: 'exited', leaseId, exit: status }]
  return [...exited, { type: 'devicesMissing', leaseId, reason: check.reason }]
}

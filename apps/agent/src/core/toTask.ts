import type { Device, Task } from '@hotaru/driver'
import type { LeaseWork, Settings } from './State.ts'
import type { Context } from './steps/Step.ts'

/** The task of a lease, all but its directory; undefined when its driver or devices are not here. */
export function toTask(lease: LeaseWork, { state, settings }: Context): Omit<Task, 'directory'> | undefined {
  const { manifest, deadlineUnixMs } = lease
  if (!manifest || deadlineUnixMs === null) return undefined
  const driver = state.machine.drivers?.find((one) => one.name === manifest.program.driver)
  const devices = driver?.healthy ? devicesOf(driver.devices, lease.ledger.slots) : undefined
  if (!devices) return undefined
  const { memoryBytes, diskBytes, processes } = manifest.limits
  const cpus = shareOf(lease.ledger.slots, settings).cpus
  return {
    id: taskIdOf(lease.id, settings),
    program: manifest.program,
    limits: { memoryBytes, diskBytes, processes, cpus },
    devices,
    deadlineUnixMs,
  }
}

/** Names the one workload that a lease may have. */
export function taskIdOf(leaseId: string, { taskPrefix }: Settings): string {
  return `${taskPrefix}-${leaseId}`
}

/** What of the machine comes with some of its slots. */
export function shareOf(slots: readonly number[], settings: Settings): { memoryBytes: number; cpus: number } {
  const share = slots.length / settings.slots
  return { memoryBytes: Math.floor(settings.memoryBytes * share), cpus: settings.cpus * share }
}

/** The devices of leased slots; undefined when one is missing. A driver without GPUs serves the one processor slot. */
export function devicesOf(devices: readonly Device[], slots: readonly number[]): Device[] | undefined {
  if (devices.length === 0) return slots.every((slot) => slot === 0) ? [] : undefined
  const found = devices.filter((device) => slots.includes(device.slot))
  return found.length === slots.length ? found : undefined
}

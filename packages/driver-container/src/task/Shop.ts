import type { Logger } from '@hotaru/base'
import type { Handle } from '@hotaru/driver'
import type { ContainerDevice } from '../device/findDevices.ts'
import type { Engine } from '../engine/Engine.ts'
import type { Wall } from '../hardening/Wall.ts'

/** What every verb of the driver works with. */
export type Shop = {
  engine: Engine
  directory: string
  /** Marks this driver's containers among all others of the engine. */
  label: string
  devices: readonly ContainerDevice[]
  testImage: string | undefined
  sources: readonly string[]
  accepted: readonly string[]
  /** What is kept of each stream of a workload's output. */
  logLimitBytes: number
  without: ReadonlySet<Wall>
  logger: Logger
  /** Starts of this process that are under way, so that two calls for one task share one. */
  starting: Map<string, Promise<Handle>>
}

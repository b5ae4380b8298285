import { join } from 'node:path'
import type { Logger } from '@hotaru/base'
import type { Driver } from '@hotaru/driver'
import type { Config } from '../config.ts'

/** Makes the drivers that the agent file turns on and this machine can have; an engine that is away is asked again. */
export async function createDrivers(config: Config, log: Logger): Promise<Driver[]> {
  const { deno, container } = config.drivers
  const drivers: Driver[] = []
  const directory = (name: string) => join(config.directory, 'drivers', name)
  if (deno.enabled) {
    const { createDenoDriver } = await import('@hotaru/driver-deno')
    const options = { directory: directory('deno'), denoPath: deno.path, log: log.child({ driver: 'deno' }) }
    drivers.push(createDenoDriver(options))
  }
  if (container.enabled) {
    const { createContainerDriver, findEngine } = await import('@hotaru/driver-container')
    const engine = await findEngine({ dockerHost: container.dockerHost }).catch((error: unknown) => {
      log.warn('container engine not usable', { error })
      return undefined
    })
    const { testImage, sources, acceptedHoles } = container
    const logger = log.child({ driver: 'container' })
    const options = { directory: directory('container'), testImage, sources, accepted: acceptedHoles, logger }
    if (engine) drivers.push(createContainerDriver({ engine, ...options }))
  }
  return drivers
}

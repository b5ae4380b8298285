import type { Driver } from '@hotaru/driver'
import type { DriverFactory } from '@hotaru/driver/compliance'
import { createDenoDriver } from '../createDenoDriver.ts'

/** The driver as it is where there is no bubblewrap. */
export function createDriver(options: DriverFactory.Options): Driver {
  return createDenoDriver({ ...options, box: 'none' })
}

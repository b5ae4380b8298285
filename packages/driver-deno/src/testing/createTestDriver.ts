import type { Driver } from '@hotaru/driver'
import type { DriverFactory } from '@hotaru/driver/compliance'
import { createDenoDriver } from '../createDenoDriver.ts'

/** The driver as the suites make it, also in a process of its own that is killed. */
export function createDriver(options: DriverFactory.Options): Driver {
  return createDenoDriver(options)
}

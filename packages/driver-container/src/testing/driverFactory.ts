import type { DriverFactory } from '@hotaru/driver/compliance'
import { createContainerDriver } from '../createContainerDriver.ts'
import { advisories } from '../hardening/advisories.ts'
import type { Wall } from '../hardening/Wall.ts'
import type { TestEngine } from './testEngine.ts'

/** The suite speaks of a few walls; this driver has them in smaller pieces. */
const pieces: Readonly<Record<string, readonly Wall[]>> = {
  files: ['mounts', 'root'],
  network: ['network'],
  privileges: ['capabilities', 'privileges', 'user'],
  syscalls: ['seccomp'],
  environment: ['environment'],
  memory: ['memory'],
  processes: ['processes'],
  disk: ['disk'],
  deadline: ['deadline'],
}

/** The factory that the compliance suite wants, for the driver on that engine. */
export const driverFactory =
  (box: TestEngine): DriverFactory =>
  ({ directory, without = [], version, logLimitBytes, log }) => {
    if (box.engine === null) throw new Error(box.unavailable)
    const runc = version === undefined ? {} : { runc: { version, revision: undefined } }
    return createContainerDriver({
      engine: { ...box.engine, components: { ...box.engine.components, ...runc } },
      directory,
      testImage: box.image,
      devices: [],
      // What Debian ships has holes the table names; the tests run on it nevertheless.
      accepted: version === undefined ? acceptedInTests : [],
      logLimitBytes,
      logger: log,
      without: without.flatMap((wall) => pieces[wall] ?? []),
    })
  }

const acceptedInTests = advisories.map(({ id }) => id)

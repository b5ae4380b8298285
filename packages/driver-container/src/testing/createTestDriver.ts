import type { DriverFactory } from '@hotaru/driver/compliance'
import { createContainerDriver } from '../createContainerDriver.ts'
import { advisories } from '../hardening/advisories.ts'
import type { Wall } from '../hardening/Wall.ts'
import { testEngine } from './testEngine.ts'

/** The engine of the compliance suite, shared with the agent it kills. */
export const shared = await testEngine('compliance')

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

export const createDriver: DriverFactory = ({ directory, without = [], version, logLimitBytes, log }) => {
  if (shared.engine === null) throw new Error(shared.unavailable)
  const runc = version === undefined ? {} : { runc: { version, revision: undefined } }
  return createContainerDriver({
    engine: { ...shared.engine, components: { ...shared.engine.components, ...runc } },
    directory,
    testImage: shared.image,
    devices: [],
    // What Debian ships has holes the table names; the tests run on it nevertheless.
    accepted: version === undefined ? acceptedInTests : [],
    logLimitBytes,
    logger: log,
    without: without.flatMap((wall) => pieces[wall] ?? []),
  })
}

const acceptedInTests = advisories.map(({ id }) => id)

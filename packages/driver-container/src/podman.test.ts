import { runDriverCompliance } from '@hotaru/driver/compliance'
import { afterAll } from 'vitest'
import { createDriver, shared } from './testing/createPodmanDriver.ts'
import { programs } from './testing/programs.ts'

afterAll(() => shared.stop(), 60_000)

// Podman is an addition, not a need: where it is not installed the suite says so and CI does not fail for it.
if (shared.engine !== null || process.env.CI !== 'true') {
  runDriverCompliance({
    name: 'container on podman',
    createDriver,
    module: new URL('./testing/createPodmanDriver.ts', import.meta.url),
    programs: programs(shared.image ?? ''),
    unavailable: shared.unavailable,
  })
}

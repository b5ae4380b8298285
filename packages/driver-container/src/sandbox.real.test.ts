import { runSandboxSuite } from '@hotaru/driver/compliance'
import { afterAll } from 'vitest'
import { createDriver, shared } from './testing/createTestDriver.ts'
import { sandboxPrograms } from './testing/sandboxPrograms.ts'

afterAll(() => shared.stop(), 60_000)

runSandboxSuite({
  name: 'container',
  createDriver,
  programs: sandboxPrograms(shared.image ?? ''),
  unavailable: shared.unavailable,
  layers: {
    files: { walls: ['files'] },
    links: { walls: ['files'] },
    privileges: { walls: ['privileges'] },
    syscalls: { walls: ['syscalls'] },
    network: { walls: ['network'] },
    names: { walls: ['network'] },
    environment: { walls: ['environment'] },
  },
  skip: [
    {
      reason: '"localhost" is the container’s own: the engine writes it into every container',
      tests: ['names: held by all walls together', 'names: held by "network" alone'],
    },
  ],
})

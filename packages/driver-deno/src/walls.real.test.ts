import { runSandboxSuite } from '@hotaru/driver/compliance'
import { createDriver } from './testing/createTestDriver.ts'
import { sandboxPrograms } from './testing/sandboxPrograms.ts'

runSandboxSuite({
  name: 'deno',
  createDriver,
  programs: sandboxPrograms,
  layers: {
    files: { walls: ['permissions', 'files'] },
    // Deno checks the path of a link, not where it leads: only the box holds.
    links: { walls: ['files'] },
    privileges: { walls: ['privileges'], blindfolds: ['permissions'] },
    syscalls: { walls: ['permissions', 'syscalls'] },
    network: { walls: ['permissions', 'network'] },
    names: { walls: ['permissions', 'files'], blindfolds: ['network'] },
    environment: { walls: ['permissions', 'environment'] },
  },
})

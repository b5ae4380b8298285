import { runDriverCompliance } from '@hotaru/driver/compliance'
import { afterAll } from 'vitest'
import { createDriver, shared } from './testing/createTestDriver.ts'
import { programs } from './testing/programs.ts'

// Registered first, so it runs after the suite has removed what it started.
afterAll(() => shared.stop(), 60_000)

runDriverCompliance({
  name: 'container',
  createDriver,
  module: new URL('./testing/createTestDriver.ts', import.meta.url),
  programs: programs(shared.image ?? ''),
  unavailable: shared.unavailable,
})

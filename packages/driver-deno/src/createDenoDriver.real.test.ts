import { runDriverCompliance } from '@hotaru/driver/compliance'
import { createDriver } from './testing/createTestDriver.ts'
import { programs } from './testing/programs.ts'

runDriverCompliance({
  name: 'deno',
  createDriver,
  module: new URL('./testing/createTestDriver.ts', import.meta.url),
  programs,
})

// `npm test`: the gate, then what needs the real thing: sandboxes, a container engine, whole processes.
import { checks } from './checks.mjs'
import { gate } from './gate.mjs'
import { ensureInstalled } from './install.mjs'
import { ensureOs } from './os/ensureOs.mjs'

ensureInstalled()
await ensureOs()
await gate([
  ...checks,
  ['tests', 'vitest', ['run', '--project', 'ok'], { counts: 'vitest' }],
  ['tests on the real thing', 'vitest', ['run', '--project', 'real'], { counts: 'vitest' }],
])

// `npm run ok`: the one gate. Everything that needs no engine and no whole processes; under three minutes on two cores.
import { checks } from './checks.mjs'
import { gate } from './gate.mjs'
import { ensureInstalled } from './install.mjs'

ensureInstalled()
await gate([...checks, ['tests', 'vitest', ['run', '--project', 'ok'], { counts: 'vitest' }]])

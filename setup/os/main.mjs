import { ensureOs } from './ensureOs.mjs'

// node setup/os/main.mjs           installs what is missing
// node setup/os/main.mjs --check   only says what is missing; ends with 1 when something is
const install = !process.argv.includes('--check')
const { there, missing } = await ensureOs({ install })
process.stdout.write(`There: ${there.join(', ') || '<none>'}\n`)
process.exitCode = missing.length === 0 ? 0 : 1

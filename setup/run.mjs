// `node setup/run.mjs FILE …`: runs a TypeScript file of the repository, on whatever Node this is.
import { execNode } from './exec.mjs'
import { ensureInstalled } from './install.mjs'

ensureInstalled()
process.exitCode = await execNode(process.argv[2], process.argv.slice(3))

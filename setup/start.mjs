// `npm start`: everything a bare machine lacks, then the local network and its first job.
import { execNode } from './exec.mjs'
import { ensureInstalled } from './install.mjs'
import { ensureOs } from './os/ensureOs.mjs'
import { wantedToStart } from './os/wants.mjs'

ensureInstalled()
await ensureOs({ want: wantedToStart })
process.exitCode = await execNode('apps/network/src/main.ts', process.argv.slice(2))

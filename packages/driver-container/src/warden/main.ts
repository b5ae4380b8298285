import { runWarden } from './runWarden.ts'

// node main.ts SOCKET API DIRECTORY: what `callWarden` starts, apart from the agent and outliving it.
const [socketPath = '', apiVersion = '', directory = ''] = process.argv.slice(2)
await runWarden({ socketPath, apiVersion }, directory)
process.exit(0)

// The agent that dies: starts one task with the factory of a module, prints the handle, and hangs until it is killed.
import type { DriverFactory } from './DriverFactory.ts'

const [module = '', directory = '', task = ''] = process.argv.slice(2)
const { createDriver }: { createDriver: DriverFactory } = await import(module)
const driver = createDriver({ directory })
const handle = await driver.start(JSON.parse(task))
process.stdout.write(`${JSON.stringify(handle)}\n`)
setInterval(() => {}, 60_000)

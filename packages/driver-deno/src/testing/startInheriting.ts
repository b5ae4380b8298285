// An agent that was started with a descriptor too many: runs one program and prints what it printed.
import { createDenoDriver } from '../createDenoDriver.ts'

const [directory = '', task = '', without = '[]'] = process.argv.slice(2)
const driver = createDenoDriver({ directory, without: JSON.parse(without) })
const handle = await driver.start(JSON.parse(task))
for await (const { bytes } of driver.logs(handle, { follow: true })) process.stdout.write(bytes)
await driver.remove(handle)

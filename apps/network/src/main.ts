import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { BaseError, createLogger, exitCodes, formatError } from '@hotaru/base'
import { Shutdown } from '@hotaru/base/async'
import { bringUp } from './bringUp.ts'
import { findImage, planContainers, renderInContainer, startEngineHere } from './container.ts'
import { freeSlots } from './freeSlots.ts'
import { placesOf } from './Places.ts'
import { repository, runJob } from './runJob.ts'
import { Steps } from './Steps.ts'
import { startAfresh } from './startAfresh.ts'

const usage = `Brings up a whole Hotaru network on this machine and does a first job on it.

npm start                    the network, a rendered bunny, and then it stays up
npm start -- --once          the same, and it ends after the job
npm start -- --once --json   the last line is the receipt as JSON
npm start -- --no-job        only the network

  --once           end after the job
  --json           print the job's events and receipt as JSON
  --no-job         bring up the network, run nothing
  --no-container   do not start a container engine, do not render in a container
  --output DIR     where the pictures go (default: out)
  --quiet          print results and errors only
  --help           this

State is kept in $HOTARU_HOME/local (default ~/.hotaru/local); the next start goes on with it.`

const flags = readFlags()

async function main(shutdown: Shutdown): Promise<number> {
  const steps = new Steps({ out: process.stderr, quiet: flags.quiet })
  const log = createLogger(({ level, message, fields }) => {
    if (level === 'warn' || level === 'error') steps.say(`${level}: ${message} ${JSON.stringify(fields)}`)
  })
  const hotaruHome = process.env.HOTARU_HOME
  const places = placesOf(hotaruHome)
  await startAfresh(places, steps)
  const engine = flags['no-container'] ? undefined : await startEngineHere(places, { steps, shutdown, log })
  const image = engine && (await findImage(places))
  const container = engine && image ? await planContainers(engine, image, steps) : undefined
  const network = await bringUp(places, { steps, shutdown, log, container })
  steps.say('\nthe network is up\n')

  const job = { hotaruHome, json: flags.json, quiet: flags.quiet, shutdown }
  if (!flags['no-job']) {
    await freeSlots(network, places, steps)
    steps.say('$ hotaru run examples/bunny')
    const code = await runJob(join(repository, 'examples/bunny'), { ...job, output: flags.output })
    if (code !== exitCodes.ok) return code
    if (engine) {
      const containerCode = await renderInContainer(engine, places, {
        ...job,
        output: flags.output,
        steps,
        network,
        image,
      })
      // Whoever leases the machine meanwhile, from another terminal, takes the slot of this job: no reason to end the network.
      if (containerCode !== exitCodes.ok && (flags.once || shutdown.signal.aborted)) return containerCode
    }
  }
  await network.verifiers
  if (flags.once) return exitCodes.ok
  steps.say(next)
  await new Promise((resolve) => shutdown.signal.addEventListener('abort', resolve, { once: true }))
  return exitCodes.ok
}

function readFlags() {
  try {
    return parseArgs({
      options: {
        once: { type: 'boolean', default: false },
        json: { type: 'boolean', default: false },
        quiet: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
        'no-job': { type: 'boolean', default: false },
        'no-container': { type: 'boolean', default: false },
        output: { type: 'string', default: 'out' },
      },
    }).values
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.split('. ')[0] : String(cause)
    process.stderr.write(`error: Cannot read the flags: ${reason}\n\nhint: npm start -- --help\n`)
    process.exit(exitCodes.usage)
  }
}

const next = `
The network stays up until Ctrl-C. In another terminal:

  npx hotaru offer search            what can be leased
  npx hotaru run examples/digits     trains a classifier on handwritten digits
  npx hotaru lease list              your leases
  npx hotaru network status          chain, verifiers, machines, your balance`

if (flags.help) {
  process.stdout.write(`${usage}\n`)
} else {
  const shutdown = new Shutdown({ timeoutMs: 15_000 })
  let interrupted = false
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      interrupted = true
      void shutdown.end(signal)
    })
  try {
    process.exitCode = await main(shutdown)
  } catch (error) {
    if (!interrupted) process.stderr.write(`${formatError(error)}\n`)
    process.exitCode = error instanceof BaseError ? error.exitCode : exitCodes.failed
  }
  await shutdown.end()
  // A network that was told to stop while it stood there has done its work.
  if (interrupted && process.exitCode !== exitCodes.ok) process.exitCode = exitCodes.interrupted
}

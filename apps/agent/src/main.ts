import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { BaseError, createLogger, exitCodes, formatError, formatLogRecord, type Logger } from '@hotaru/base'
import { systemClock } from '@hotaru/base/async'
import { createAgent } from './app.ts'
import { type Config, readConfig } from './config.ts'
import { assertAlone } from './machine/assertAlone.ts'
import { createDrivers } from './machine/createDrivers.ts'
import { giveBackMemory } from './machine/giveBackMemory.ts'
import { loadMachineKey, readKeyFile } from './machine/loadMachineKey.ts'

const help = `Runs this machine for Hotaru: takes leases from the ledger and runs their workloads.

  node apps/agent/src/main.ts --config agent.json

  --config FILE   the agent file (or HOTARU_AGENT_CONFIG); apps/agent/README.md describes it
  --attached      end when standard input closes, for a parent that must not leave an agent behind
  --help          this text

Says {"ready":true,…} on standard output once leases can come; logs JSON lines on standard error.
`

async function main(): Promise<number> {
  const { values } = parseFlags()
  if (values.help) {
    process.stdout.write(help)
    return exitCodes.ok
  }
  const path = values.config ?? process.env.HOTARU_AGENT_CONFIG
  if (!path) throw new NoConfigError()
  const config = await readConfig(path)
  const log = createLog(config.logLevel)
  const ended = watchEnd(values.attached ?? false)

  await mkdir(config.directory, { recursive: true, mode: 0o700 })
  await assertAlone(config.directory)
  const agent = await createAgent(config, {
    machineKey: await loadMachineKey(join(config.directory, 'machine.key')),
    ownerKey: config.ownerKeyFile === undefined ? undefined : await readKeyFile(config.ownerKeyFile),
    drivers: await createDrivers(config, log),
    clock: systemClock,
    log,
  })
  const { machineId, endpoint, url } = agent
  log.info('agent ready', { machineId, endpoint })
  process.stdout.write(`${JSON.stringify({ ready: true, machineId, endpoint, url, pid: process.pid })}\n`)
  const keepMemory = systemClock.after(startUpIsOverMs, giveBackMemory)
  const exitCode = await ended
  keepMemory()
  log.info('agent stopping', { exitCode })
  await agent.stop()
  return exitCode
}

function parseFlags() {
  try {
    const flags = { config: { type: 'string' }, attached: { type: 'boolean' }, help: { type: 'boolean' } } as const
    return parseArgs({ options: flags })
  } catch (cause) {
    throw new BadFlagError({ cause })
  }
}

/** Resolves with the exit code when somebody wants the agent to end. Workloads live on. */
function watchEnd(isAttached: boolean): Promise<number> {
  return new Promise((resolve) => {
    process.once('SIGTERM', () => resolve(exitCodes.ok))
    process.once('SIGINT', () => resolve(exitCodes.interrupted))
    if (!isAttached) return
    process.stdin.resume().once('end', () => resolve(exitCodes.ok))
    process.stdin.once('error', () => resolve(exitCodes.ok))
  })
}

const levels = ['debug', 'info', 'warn', 'error'] as const

function createLog(least: Config['logLevel']): Logger {
  return createLogger((record) => {
    if (levels.indexOf(record.level) < levels.indexOf(least)) return
    process.stderr.write(`${formatLogRecord(record, Date.now())}\n`)
  })
}

export class NoConfigError extends BaseError {
  override readonly name = 'Agent.NoConfigError'

  constructor() {
    super('Cannot start the agent: no agent file was named, expected --config FILE', {
      hint: 'apps/agent/README.md has a file to begin with',
      exitCode: exitCodes.usage,
    })
  }
}

export class BadFlagError extends BaseError {
  override readonly name = 'Agent.BadFlagError'

  constructor({ cause }: { cause: unknown }) {
    super('Cannot read the flags: one is not known, expected --config FILE', {
      hint: 'node apps/agent/src/main.ts --help',
      exitCode: exitCodes.usage,
      cause,
    })
  }
}

// Exits even when a hung command of a vendor's driver still holds the process.
/** Registration, driver tests and the first audit take about this long on a slow machine. */
const startUpIsOverMs = 10_000

main().then(
  (exitCode) => process.exit(exitCode),
  (error: unknown) => {
    process.stderr.write(`${formatError(error)}\n`)
    process.exit(error instanceof BaseError ? error.exitCode : exitCodes.failed)
  },
)

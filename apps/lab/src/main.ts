import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { BaseError, exitCodes, formatError } from '@hotaru/base'
import { attacks } from '@hotaru/proof/attacks'
import { checkVectors } from './checkVectors.ts'
import { drawFindings } from './drawFindings.ts'
import { listBackends } from './listBackends.ts'
import { ProgressLine } from './ProgressLine.ts'
import { renderFindings } from './renderFindings.ts'
import { renderVectors } from './renderVectors.ts'
import { tryAttacks } from './tryAttacks.ts'

const usage = `npm run proof -- vectors   which back ends of this machine agree with the vectors to the byte
npm run proof -- attack    every cheat we know: how often it is caught, and how often it should be

  --seed N      attack: other chance (default: 1)
  --trials N    attack: so many of each, where chance decides (default: as many as its test makes)
  --plot FILE   attack: draws it as SVG
  --json        one JSON array on standard output

It fails when a back end disagrees, or a prediction lies outside of its interval: with another seed one row in a thousand
does so by chance.`

async function main(): Promise<number> {
  const { values, positionals } = readFlags()
  const [verb] = positionals
  if (values.help || verb === undefined) {
    process.stdout.write(`${usage}\n`)
    return values.help ? exitCodes.ok : exitCodes.usage
  }
  const progress = new ProgressLine(process.stderr)
  if (verb === 'vectors') {
    const reports = await checkVectors(await listBackends(), progress)
    print(values.json ? JSON.stringify(reports) : renderVectors(reports))
    return reports.some(({ faults, broken }) => faults.length > 0 || broken !== null) ? exitCodes.failed : exitCodes.ok
  }
  if (verb !== 'attack') throw new UnknownVerbError({ verb })
  const [seed, trials] = [readNumber('seed', values.seed) ?? 1, readNumber('trials', values.trials)]
  const findings = await tryAttacks(attacks, { seed, trials, progress })
  if (values.plot) await writeFile(values.plot, drawFindings(findings))
  print(values.json ? JSON.stringify(findings) : renderFindings(findings))
  return findings.every(({ agrees }) => agrees) ? exitCodes.ok : exitCodes.failed
}

function readFlags() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        seed: { type: 'string' },
        trials: { type: 'string' },
        plot: { type: 'string' },
        json: { type: 'boolean' },
        help: { type: 'boolean' },
      },
    })
  } catch (cause) {
    throw new BadFlagsError({ cause })
  }
}

function readNumber(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new BadNumberError({ flag, text })
  return Number(text)
}

function print(text: string): void {
  process.stdout.write(`${text}\n`)
}

const usageError = { hint: 'npm run proof -- --help', exitCode: exitCodes.usage }

class UnknownVerbError extends BaseError {
  override readonly name = 'Lab.UnknownVerbError'

  constructor({ verb }: { verb: string }) {
    super(`Cannot try "${verb}": there is no such thing, expected vectors or attack`, usageError)
  }
}

class BadFlagsError extends BaseError {
  override readonly name = 'Lab.BadFlagsError'

  constructor({ cause }: { cause: unknown }) {
    super('Cannot read the flags: one is unknown or has no value, expected those of the help', { ...usageError, cause })
  }
}

class BadNumberError extends BaseError {
  override readonly name = 'Lab.BadNumberError'

  constructor({ flag, text }: { flag: string; text: string }) {
    super(`Cannot use --${flag}: it is "${text}", expected a whole number from 1 to 999999999`, usageError)
  }
}

try {
  process.exitCode = await main()
} catch (error) {
  process.stderr.write(`${formatError(error)}\n`)
  process.exitCode = error instanceof BaseError ? error.exitCode : exitCodes.failed
}

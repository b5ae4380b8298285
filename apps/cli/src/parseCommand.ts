import { stripVTControlCharacters } from 'node:util'
import { BaseError, exitCodes } from '@hotaru/base'
import { type ArgsDef, type ParsedArgs, parseArgs } from 'citty'
import { type SharedArgs, sharedArgs } from './sharedArgs.ts'

/**
 * Reads the arguments of one command. What citty lets pass is refused here: flags nobody declared, values that are
 * missing, words too many.
 *
 * @throws `Cli.UsageError`
 */
export function parseCommand<T extends ArgsDef>(rawArgs: readonly string[], args: T): ParsedArgs<T & SharedArgs> {
  const all: ArgsDef = { ...args, ...sharedArgs }
  assertFlags(rawArgs, all)
  const parsed = parseOrRefuse(rawArgs, all)
  const words = Object.values(all).filter((arg) => arg.type === 'positional').length
  const extra = parsed._[words]
  if (extra !== undefined) throw new UsageError({ reason: `"${extra}" is one word too many` })
  return parsed as ParsedArgs<T & SharedArgs>
}

function parseOrRefuse(rawArgs: readonly string[], all: ArgsDef): ParsedArgs {
  try {
    return parseArgs([...rawArgs], all)
  } catch (cause) {
    const message = cause instanceof Error ? stripVTControlCharacters(cause.message) : String(cause)
    const missing = /positional argument: (.+)$/.exec(message)?.[1]
    throw new UsageError({ reason: missing ? `${missing} is missing` : message, cause })
  }
}

function assertFlags(rawArgs: readonly string[], all: ArgsDef): void {
  for (const [index, text] of rawArgs.entries()) {
    if (text === '--') return
    if (!text.startsWith('-') || text === '-') continue
    const name = text.split('=', 1)[0] ?? text
    const known = Object.entries(all).find(([key, arg]) => spellings(key, arg).includes(name))
    if (!known) throw new UsageError({ reason: `flag "${name}" is unknown` })
    const takesValue = known[1].type === 'string'
    const next = rawArgs[index + 1]
    if (takesValue && !text.includes('=') && (next === undefined || next.startsWith('--')))
      throw new UsageError({ reason: `flag "${name}" has no value` })
    if (!takesValue && text.includes('=')) throw new UsageError({ reason: `flag "${name}" takes no value` })
  }
}

/** All ways to write a flag. */
export function spellings(key: string, arg: ArgsDef[string]): string[] {
  if (arg.type === 'positional') return []
  const long = `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
  return [long, ...[('alias' in arg && arg.alias) || []].flat().map((letter) => `-${letter}`)]
}

export class UsageError extends BaseError {
  override readonly name = 'Cli.UsageError'

  constructor({ reason, hint, cause }: { reason: string; hint?: string | undefined; cause?: unknown }) {
    super(`Cannot read the command line: ${reason}, expected the form below`, {
      exitCode: exitCodes.usage,
      hint,
      cause,
    })
  }
}

import { BaseError, exitCodes } from '@hotaru/base'
import type { Command, Context } from './Command.ts'
import { type Entry, findEntry, suggest } from './commandTable.ts'
import { connect } from './connect.ts'
import { parseCommand, UsageError } from './parseCommand.ts'
import { printError } from './printError.ts'
import { renderHelp, renderOverview } from './renderHelp.ts'
import { sharedArgs } from './sharedArgs.ts'
import { quieted } from './Terminal.ts'

/**
 * Runs one command line and gives the exit code. Nothing escapes: every error is printed, usage errors with the help.
 */
export async function runCli(args: readonly string[], world: Omit<Context, 'connect'>): Promise<number> {
  const { terminal } = world
  const words = args[0] === 'help' ? args.slice(1) : args
  const wantsHelp =
    args.length === 0 || args[0] === 'help' || flagsOf(args).some((arg) => ['--help', '-h'].includes(arg))
  const entry = findEntry(words)
  if (!entry && (wantsHelp || args[0] === '--version')) {
    if (words.length > 0 && !words[0]?.startsWith('-')) return refuse(words, world)
    terminal.line(args[0] === '--version' ? await readVersion() : renderOverview(terminal.paint))
    return exitCodes.ok
  }
  if (!entry) return refuse(words, world)
  const command = await entry.load()
  if (wantsHelp) {
    terminal.line(renderHelp(entry.words, command, terminal.paint))
    return exitCodes.ok
  }
  return runEntry({ entry, command, rest: words.slice(entry.words.length) }, world)
}

type Call = { entry: Entry; command: Command; rest: readonly string[] }

async function runEntry({ entry, command, rest }: Call, world: Omit<Context, 'connect'>): Promise<number> {
  const asJson = flagsOf(rest).includes('--json')
  try {
    const args = parseCommand(rest, command.args)
    const terminal = args.quiet ? quieted(world.terminal) : world.terminal
    const context: Context = {
      ...world,
      terminal,
      connect: () => connect({ network: args.network, keyFile: args.keyFile, environment: world.environment }),
    }
    return (await command.run(args, context)) ?? exitCodes.ok
  } catch (error) {
    printError(error, world.terminal, { asJson })
    if (error instanceof UsageError && !asJson)
      world.terminal.note(`\n${renderHelp(entry.words, command, world.terminal.notePaint)}`)
    if (world.signal.aborted) return exitCodes.interrupted
    return error instanceof BaseError ? error.exitCode : exitCodes.failed
  }
}

function refuse(words: readonly string[], { terminal }: Omit<Context, 'connect'>): number {
  const typed = words.filter((word) => !word.startsWith('-')).slice(0, 2)
  const near = suggest(typed)
  const reason = typed.length > 0 ? `there is no command "${typed.join(' ')}"` : 'it has no command'
  printError(new UsageError({ reason, hint: near && `did you mean \`hotaru ${near}\`` }), terminal, {})
  terminal.note(`\n${renderOverview(terminal.notePaint)}`)
  return exitCodes.usage
}

/** The flags, up to `--`; what a flag takes as its value does not count. */
function flagsOf(args: readonly string[]): string[] {
  const end = args.indexOf('--')
  const own = end === -1 ? args : args.slice(0, end)
  const valued = Object.entries(sharedArgs).filter(([, arg]) => arg.type === 'string')
  return own.filter((_, index) => !valued.some(([key]) => own[index - 1] === `--${key}`))
}

async function readVersion(): Promise<string> {
  const { default: manifest } = await import('../package.json', { with: { type: 'json' } })
  return manifest.version
}

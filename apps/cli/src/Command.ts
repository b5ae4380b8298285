import type { ArgsDef, ParsedArgs } from 'citty'
import type { Connected } from './connect.ts'
import type { SharedArgs } from './sharedArgs.ts'
import type { Terminal } from './Terminal.ts'

/** What a command is given beside its arguments. */
export type Context = {
  terminal: Terminal
  environment: Readonly<Record<string, string | undefined>>
  /** Aborts when the person wants to stop. */
  signal: AbortSignal
  /** The network and wallet that the flags name. */
  connect(): Promise<Connected>
}

/** One command: what help says of it, the arguments it takes, and what it does. */
export type Command<T extends ArgsDef = ArgsDef> = {
  summary: string
  /** Examples, first in help: a command line and what it is for. */
  examples: readonly (readonly [line: string, what: string])[]
  args: T
  /** Resolves to the exit code; nothing is 0. */
  run(args: ParsedArgs<T & SharedArgs>, context: Context): Promise<number | undefined>
}

/** Keeps the types of a command's own arguments while it is put into the table of all. */
export function defineCommand<const T extends ArgsDef>(command: Command<T>): Command {
  // The table only ever calls `run` with what was parsed by these very `args`.
  return command as Command
}

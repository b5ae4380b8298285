import { BaseError, formatError } from '@hotaru/base'
import { printable } from './describeMachine.ts'
import { toJson } from './renderJson.ts'
import type { Terminal } from './Terminal.ts'

/** Prints an error beside the data: for people in red with the hint in cyan, with `asJson` as one line of JSON. */
export function printError(error: unknown, terminal: Terminal, { asJson = false }: { asJson?: boolean }): void {
  if (asJson) {
    terminal.note(toJson({ error: describe(error) }))
    return
  }
  const paint = terminal.notePaint
  const lines = formatError(error).split('\n')
  for (const line of lines) {
    if (line.startsWith('error: ')) terminal.note(paint.bad('error: ') + line.slice('error: '.length))
    else if (line.startsWith('hint: ')) terminal.note(paint.hint(line))
    else terminal.note(line)
  }
}

function describe(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: String(error) }
  const { name, message } = error
  // Others' messages run over many lines and may hold anything.
  if (!(error instanceof BaseError)) return { name, message: printable(message.split('\n')[0] ?? '') }
  const { facts, hint, retry, exitCode, cause } = error
  return { name, message, facts, hint, retry, exitCode, ...(cause === undefined ? {} : { cause: describe(cause) }) }
}

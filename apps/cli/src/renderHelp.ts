import type { ArgsDef } from 'citty'
import type { Command } from './Command.ts'
import { commandTable } from './commandTable.ts'
import type { Paint } from './paint.ts'
import { spellings } from './parseCommand.ts'
import { sharedArgs } from './sharedArgs.ts'

/** The first screen: what it is for, three examples, all commands. */
export function renderOverview(paint: Paint): string {
  const rows = commandTable.map(({ words, summary }) => [words.join(' '), summary] as const)
  return [
    'Leases idle GPUs of strangers, pays by the second',
    '',
    paint.strong('Examples'),
    ...columns(
      [
        ['hotaru offer search', 'see what can be leased'],
        ['hotaru run examples/bunny', 'render a picture on a leased machine'],
        ['hotaru lease list', 'see what it cost'],
      ],
      paint,
    ),
    '',
    paint.strong('Commands'),
    ...columns(rows, paint),
    '',
    paint.faint('`hotaru COMMAND --help` shows examples and flags of a command'),
  ].join('\n')
}

/** The help of one command: examples first, then its arguments. */
export function renderHelp(words: readonly string[], command: Command, paint: Paint): string {
  const name = `hotaru ${words.join(' ')}`
  const positional = Object.entries(command.args).filter(([, arg]) => arg.type === 'positional')
  const usage = [
    name,
    ...positional.map(([key, arg]) => (arg.required === false ? `[${key.toUpperCase()}]` : key.toUpperCase())),
    '[FLAGS]',
  ].join(' ')
  const lines = [command.summary, '', paint.strong('Examples'), ...columns(command.examples, paint), '']
  lines.push(paint.strong('Usage'), `  ${usage}`, '')
  const own = flagRows(command.args)
  if (positional.length > 0) {
    const rows = positional.map(([key, arg]) => [key.toUpperCase(), arg.description ?? ''] as const)
    lines.push(paint.strong('Arguments'), ...columns(rows, paint), '')
  }
  if (own.length > 0) lines.push(paint.strong('Flags'), ...columns(own, paint), '')
  lines.push(paint.strong('Flags of every command'), ...columns(flagRows(sharedArgs), paint))
  return lines.join('\n')
}

function flagRows(args: ArgsDef): (readonly [string, string])[] {
  return Object.entries(args)
    .filter(([, arg]) => arg.type !== 'positional')
    .map(([key, arg]) => {
      const value = arg.type === 'string' ? ` ${placeholder(arg.valueHint ?? key)}` : ''
      const preset = arg.default === undefined ? '' : ` (default: ${arg.default})`
      return [`${spellings(key, arg).reverse().join(', ')}${value}`, `${arg.description ?? ''}${preset}`] as const
    })
}

function columns(rows: readonly (readonly [string, string])[], paint: Paint): string[] {
  const width = Math.max(...rows.map(([left]) => left.length))
  return rows.map(([left, right]) => `  ${paint.hint(left.padEnd(width))}  ${right}`)
}

/** A name in capitals stands for a value; words to choose from are written as they are typed. */
function placeholder(valueHint: string): string {
  return valueHint.includes('|') ? valueHint : valueHint.toUpperCase()
}

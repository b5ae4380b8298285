import { stripVTControlCharacters } from 'node:util'
import type { Terminal } from './Terminal.ts'

/**
 * A table: aligned under its heads on a screen; in a pipe one row a line, tab-separated and without heads, so that
 * `cut` and `awk` work. An empty cell is `<none>`.
 */
export function renderTable(
  heads: readonly string[],
  rows: readonly (readonly string[])[],
  terminal: Terminal,
): string {
  const cells = rows.map((row) => row.map((cell) => cell || '<none>'))
  if (!terminal.isScreen) return cells.map((row) => row.map(toPlain).join('\t')).join('\n')
  const all = [heads.map((head) => terminal.paint.faint(head)), ...cells]
  const widths = heads.map((_, column) => Math.max(...all.map((row) => widthOf(row[column] ?? ''))))
  return all
    .map((row) =>
      row
        .map((cell, column) => cell + ' '.repeat((widths[column] ?? 0) - widthOf(cell)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** Names and values below each other; in a pipe tab-separated. */
export function renderFields(fields: readonly (readonly [string, string])[], terminal: Terminal): string {
  const width = Math.max(...fields.map(([name]) => name.length))
  return fields
    .map(([name, value]) =>
      terminal.isScreen
        ? `${terminal.paint.faint(name.padEnd(width))}  ${value || '<none>'}`
        : `${name}\t${toPlain(value || '<none>')}`,
    )
    .join('\n')
}

/** A tab or newline inside a cell, from a stranger's text, would break the row apart. */
function toPlain(cell: string): string {
  return stripVTControlCharacters(cell).replace(/[\t\n\r]+/g, ' ')
}

function widthOf(cell: string): number {
  return [...stripVTControlCharacters(cell)].length
}

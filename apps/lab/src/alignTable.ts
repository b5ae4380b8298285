import { stripVTControlCharacters } from 'node:util'

/** Rows below each other, each column as wide as its widest cell; columns whose head begins with a blank to the right. */
export function alignTable(rows: readonly (readonly string[])[]): string {
  const [heads = []] = rows
  const widths = heads.map((_, column) => Math.max(...rows.map((row) => widthOf(row[column] ?? ''))))
  const pad = (cell: string, column: number) => {
    const blank = ' '.repeat((widths[column] ?? 0) - widthOf(cell))
    return heads[column]?.startsWith(' ') ? blank + cell : cell + blank
  }
  return rows.map((row) => row.map(pad).join('  ').trimEnd()).join('\n')
}

function widthOf(cell: string): number {
  return [...stripVTControlCharacters(cell)].length
}

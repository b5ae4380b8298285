/**
 * Just enough of Solidity to find guards: everything here works on a masked source, in which comments and string
 * literals are blank, so that offsets are those of the source and no bracket in a comment is counted.
 */

/** The source with every character of a comment or string literal but line ends replaced by a blank. */
export function mask(source: string): string {
  const hidden = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/g
  return source.replace(hidden, (text) => text.replace(/[^\n]/g, ' '))
}

/** The offset of the bracket that closes the one at `open`, or -1. */
export function closing(masked: string, open: number): number {
  let depth = 0
  for (let at = open; at < masked.length; at++) {
    const letter = masked.charAt(at)
    if ('([{'.includes(letter)) depth++
    if (')]}'.includes(letter) && --depth === 0) return at
  }
  return -1
}

/** The offset of the first comma between `from` and `to` that stands in no bracket, or `to`. */
export function firstComma(masked: string, from: number, to: number): number {
  for (let at = from; at < to; at++) {
    const letter = masked.charAt(at)
    if (letter === ',') return at
    if ('([{'.includes(letter)) at = closing(masked, at)
  }
  return to
}

/** The line, counted from 1, that an offset lies on, and its text. */
export function lineAt(source: string, offset: number): { number: number; text: string } {
  const start = source.lastIndexOf('\n', offset - 1) + 1
  const end = source.indexOf('\n', offset)
  const text = source.slice(start, end === -1 ? undefined : end).trim()
  return { number: source.slice(0, offset).split('\n').length, text }
}

/**
 * A program's output for a screen: colours stay, everything else that steers a terminal goes.
 *
 * The bytes come from a stranger's machine, which could set titles, write the clipboard or paint over what was printed.
 */
export function tameOutput(text: string): string {
  return text.replace(steering, (match) => (colour.test(match) ? match : ''))
}

// CSI and OSC sequences whole, then any other control character but tab, newline and carriage return.
const steering =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  /\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/g
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const colour = /^\x1b\[[\d;:]*m$/

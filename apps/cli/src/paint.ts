/** Colours by what they mean: success, error, warning, hints and paths, what matters, what does not. */
export type Paint = Record<'good' | 'bad' | 'warn' | 'hint' | 'strong' | 'faint', (text: string) => string>

/** Colours, or none where `isColoured` is false. */
export function createPaint(isColoured: boolean): Paint {
  const style = (open: number, close: number) => (text: string) =>
    isColoured ? `\x1b[${open}m${text}\x1b[${close}m` : text
  return {
    good: style(32, 39),
    bad: style(31, 39),
    warn: style(33, 39),
    hint: style(36, 39),
    strong: style(1, 22),
    faint: style(2, 22),
  }
}

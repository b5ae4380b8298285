import type { WalkSize } from '../walk/walkSize.ts'

/** The length of a walk of so many steps: lanes enough to have many reads under way, segments for the rest. */
export function walkLengthFor(steps: number): Pick<WalkSize, 'lanes' | 'segments'> {
  const lanes = 2 ** Math.min(20, Math.max(8, Math.floor(Math.log2(steps / 64 / 16))))
  return { lanes, segments: Math.min(1024, Math.max(4, Math.round(steps / 64 / lanes))) }
}

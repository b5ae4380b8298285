import { type Digits, pixels } from './digits.ts'
import { type Activity, classes, look, type Network } from './network.ts'

/** An image that was taken for another digit, and how sure the network was of that. */
export type Mistake = { index: number; label: number; taken: number; sure: number }

/** How a network did on images that it has not learned from. */
export type Verdict = {
  /** Share of images read right, 0 to 1. */
  accuracy: number
  /** Row: the digit that was written; column: the digit that was read. */
  confusion: number[][]
  /** The surest mistakes first. */
  mistakes: Mistake[]
}

/** Shows every image once and counts. */
export function judge(network: Network, digits: Digits): Verdict {
  const activity: Activity = { hidden: new Float32Array(network.hidden), likely: new Float32Array(classes) }
  const confusion = Array.from({ length: classes }, () => Array.from({ length: classes }, () => 0))
  const mistakes: Mistake[] = []
  for (const [index, label] of digits.labels.entries()) {
    const ink = Float32Array.from(digits.images.subarray(index * pixels, (index + 1) * pixels), (byte) => byte / 255)
    look(network, ink, activity)
    const sure = Math.max(...activity.likely)
    const taken = activity.likely.indexOf(sure)
    const row = confusion[label] ?? []
    row[taken] = (row[taken] ?? 0) + 1
    if (taken !== label) mistakes.push({ index, label, taken, sure })
  }
  mistakes.sort((a, b) => b.sure - a.sure)
  return { accuracy: 1 - mistakes.length / digits.labels.length, confusion, mistakes }
}

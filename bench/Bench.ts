/** One figure of a benchmark. Bars are what it has to keep; a peer is what it is held against in the same run. */
export type Row = {
  metric: string
  value: number
  unit: string
  peer?: { name: string; value: number }
  bar?: { max?: number; min?: number }
}

/** A benchmark: what it measures, in a sentence, and how. Progress goes to `say`, one line each. */
export type Bench = { about: string; run(say: (line: string) => void): Promise<Row[]> }

/** What `bench/results/NAME.json` holds. */
export type Result = { bench: string; commit: string; date: string; machine: string; rows: Row[] }

/** Whether a row keeps its bar; rows without one always do. */
export function keepsBar({ value, bar }: Row): boolean {
  return value <= (bar?.max ?? Number.POSITIVE_INFINITY) && value >= (bar?.min ?? Number.NEGATIVE_INFINITY)
}

/** The p-th percentile (0 to 1) of some values, by nearest rank. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(p * sorted.length) - 1)] ?? Number.NaN
}

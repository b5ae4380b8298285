import { readFileSync } from 'node:fs'
import type { Mutant } from './findMutants.ts'

/** Why nobody has to notice a mutant. `line` is its source line; `becomes` tells two of one line and kind apart. */
export type Explanation = { line: string; kind: string; becomes?: string; why: string }

/** What `explained.json` holds: the explanations of each file of src/. */
export type Explained = Record<string, readonly Explanation[]>

/** Reads the explanations on file. */
export function readExplained(): Explained {
  return JSON.parse(readFileSync(new URL('explained.json', import.meta.url), 'utf8')) as Explained
}

/** Why a mutant may survive, if somebody has said so. */
export function whyExplained(explained: Explained, mutant: Mutant): string | undefined {
  return explained[mutant.file]?.find((one) => fits(one, mutant))?.why
}

/** Explanations of mutants that were not found: the line has changed, so somebody has to think again. */
export function findStale(explained: Explained, mutants: readonly Mutant[]): { file: string; line: string }[] {
  return Object.entries(explained).flatMap(([file, all]) =>
    all
      .filter((one) => !mutants.some((mutant) => mutant.file === file && fits(one, mutant)))
      .map(({ line }) => ({ file, line })),
  )
}

function fits({ line, kind, becomes }: Explanation, mutant: Mutant): boolean {
  return line === mutant.source && kind === mutant.kind && (becomes === undefined || becomes === mutant.becomes)
}

import type { Mutant } from './findMutants.ts'
import type { Verdict } from './Workplace.ts'

/** A mutant and what became of it; `why` when somebody has explained why it may survive. */
export type Judged = Mutant & { verdict: Verdict; why?: string | undefined }

/** Survivors that nobody has explained. */
export function unexplained(judged: readonly Judged[]): Judged[] {
  return judged.filter(({ verdict, why }) => verdict === 'survived' && why === undefined)
}

/** The table by file, then each survivor with what it does, as lines for a person. */
export function renderReport(judged: readonly Judged[]): string {
  const files = [...new Set(judged.map(({ file }) => file))]
  const rows = [
    ...files.map((file) =>
      countsOf(
        file,
        judged.filter((one) => one.file === file),
      ),
    ),
  ]
  const total = countsOf('all', judged)
  const width = Math.max(...[...rows, total].map(([name]) => name.length), 'file'.length)
  const table = [['file', 'mutants', 'killed', 'survive', 'explained', 'invalid'], ...rows, total]
  const lines = table.map(
    ([name = '', ...counts]) => `${name.padEnd(width)}${counts.map((text) => text.padStart(11)).join('')}`,
  )
  const survivors = judged.filter(({ verdict }) => verdict === 'survived')
  return [...lines, ...survivors.flatMap(describeSurvivor)].map((line) => `${line}\n`).join('')
}

function countsOf(name: string, judged: readonly Judged[]): [string, ...string[]] {
  const count = (fits: (one: Judged) => boolean) => String(judged.filter(fits).length)
  return [
    name,
    count(() => true),
    count(({ verdict }) => verdict === 'killed'),
    String(unexplained(judged).length),
    count(({ verdict, why }) => verdict === 'survived' && why !== undefined),
    count(({ verdict }) => verdict === 'invalid'),
  ]
}

function describeSurvivor({ file, line, kind, source, becomes, why }: Judged): string[] {
  const head = `${why === undefined ? 'survivor' : 'explained'}  contracts/src/${file}:${line}  ${kind}`
  return ['', head, `  - ${source}`, `  + ${becomes}`, ...(why === undefined ? [] : [`  ${why}`])]
}

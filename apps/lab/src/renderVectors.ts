import { styleText } from 'node:util'
import { alignTable } from './alignTable.ts'
import type { VectorReport } from './checkVectors.ts'

/** Which back ends agree with the vectors, as a table for a person; below it what the others get wrong. */
export function renderVectors(reports: readonly VectorReport[]): string {
  const rows = reports.map((report) => [...describe(report), report.device ?? ''])
  const faults = reports.flatMap(({ name, faults, broken }) =>
    [...faults, ...(broken === null ? [] : [broken])].map((fault) => `  ${name}: ${fault}`),
  )
  const table = alignTable([['', 'back end', 'kind', 'vectors', ' time', 'device'], ...rows])
  return [table, ...(faults.length > 0 ? ['', ...faults] : [])].join('\n')
}

function describe({ name, kind, absent, checks, faults, broken, seconds }: VectorReport): string[] {
  if (absent !== null) return [styleText('dim', '–'), name, kind, styleText('dim', `absent: ${absent}`), '']
  const isRight = faults.length === 0 && broken === null
  const said = isRight ? `all ${checks} agree` : broken === null ? `${faults.length} of ${checks} differ` : 'cannot run'
  return [isRight ? styleText('green', '✓') : styleText('red', '✗'), name, kind, said, `${seconds.toFixed(1)} s`]
}

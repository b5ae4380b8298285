import { styleText } from 'node:util'
import { alignTable } from './alignTable.ts'
import { formatShare } from './formatShare.ts'
import type { Judged } from './tryAttacks.ts'

/** What became of the cheats, as a table for a person. */
export function renderFindings(findings: readonly Judged[]): string {
  const heads = ['', 'who', 'shows', ' predicted', ' measured', ' 99.9 % interval', ' trials', 'against him']
  const rows = findings.map(({ name, shows, predicted, measured, low, high, trials, defence, agrees }) => [
    agrees ? styleText('green', '✓') : styleText('red', '✗'),
    name,
    styleText('dim', shows),
    formatShare(predicted),
    formatShare(measured),
    trials === 1 ? styleText('dim', 'by the clock') : `${formatShare(low)} – ${formatShare(high)}`,
    String(trials),
    styleText('dim', defence),
  ])
  const wrong = findings.filter(({ agrees }) => !agrees).length
  const end =
    wrong === 0
      ? 'Every prediction lies within its interval.'
      : `${wrong} of ${findings.length} predictions do not hold.`
  return `${alignTable([heads, ...rows])}\n\n${end}`
}

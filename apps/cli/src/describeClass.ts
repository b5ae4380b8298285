import {
  type ClaimJudgement,
  type Class,
  type ClassRow,
  formatBytes,
  formatClass,
  fromBand,
  type Machine,
} from '@hotaru/protocol'
import { type Classified, classifyMachine } from '@hotaru/sdk'
import { describeClaim } from './describeMachine.ts'
import { formatRate } from './formatRate.ts'
import type { Paint } from './paint.ts'

/** What the class table calls a measured class: `gpu-24g`, `2 × gpu-24g`; its bands where it reaches no row. */
export function nameClass(measured: Class | undefined, row: Classified['row']): string {
  if (!measured) return ''
  if (!row) return formatClass(measured)
  return measured.slots > 1 ? `${measured.slots} × ${row.name}` : row.name
}

/** The same with the bands behind it. */
export function nameWithBands(measured: Class, row: Classified['row']): string {
  return `${row ? nameClass(measured, row) : 'of no row'} (${formatClass(measured)})`
}

/** The same for a detail view: it also says when the bands of its row were never measured on such hardware. */
export function describeClass(measured: Class | undefined, row: Classified['row']): string {
  if (!measured) return ''
  return `${nameWithBands(measured, row)}${row && !row.calibrated ? ', uncalibrated' : ''}`
}

/** Class and claim of a machine beside each other, on one line: `gpu-12g · claims RTX 3060 ✓ fits`. */
export function describeSize(machine: Machine, table: readonly ClassRow[], paint: Paint): string {
  const { row, judgement } = classifyMachine(machine, table)
  if (!machine.class) return 'not audited'
  return `${nameClass(machine.class, row)} · claims ${describeClaim(machine)} ${describeJudgement(judgement, paint)}`
}

/** Bands of compute and memory as what they mean: `≥ 42.4 T multiply-adds a second, ≥ 16 GiB`. */
export function describeBands(computeBand: number, memoryBand: number): string {
  const compute = `≥ ${formatRate(fromBand(computeBand))} multiply-adds a second`
  if (memoryBand === 0) return computeBand === 0 ? 'whatever answers' : compute
  return `${compute}, ≥ ${formatBytes(fromBand(memoryBand))}`
}

/** How a claim stands beside what was measured, as a word with its mark; empty before the first audit. */
export function describeJudgement(judgement: ClaimJudgement | undefined, paint: Paint): string {
  const marked = {
    fits: () => paint.good('✓ fits'),
    slower: () => paint.bad('✗ slower'),
    faster: () => paint.warn('! faster'),
    unknown: () => paint.faint('? unknown'),
  }
  return judgement === undefined ? '' : marked[judgement]()
}

import { expect, test } from 'vitest'
import { keepsBar } from './Bench.ts'
import { figures } from './gasFigures.ts'
import { gasRows, sizes } from './gasRows.ts'

/** Every figure at half its bar, the same in every ledger; the sum is not measured. */
function halves(): Record<string, number> {
  const names = Object.keys(figures).filter((name) => name !== 'lease.openClose')
  return Object.fromEntries(names.flatMap((name) => sizes.map((size) => [name + size, (figures[name]?.max ?? 0) / 2])))
}

test('a whole lease costs what opening and closing it cost', () => {
  const rows = gasRows({ ...halves(), 'lease.open': 1000, 'lease.close': 500 })
  const row = rows.find(({ metric }) => metric === 'lease.openClose')
  expect(row).toMatchObject({ value: 1500, unit: 'gas', bar: { max: 215_000 } })
  expect(row?.peer).toEqual({ name: 'DeepLink rent and end', value: 749_000 })
})

test('every figure has its bar in every ledger, and may not grow with it', () => {
  expect(gasRows(halves()).filter((row) => !keepsBar(row))).toEqual([])
  const grown = gasRows({ ...halves(), 'stake.slash.at100k': 46_000 }).filter((row) => !keepsBar(row))
  expect(grown.map(({ metric }) => metric)).toEqual(['stake.slash.growth'])
  const dear = gasRows({ ...halves(), 'lease.settle.at1k': 70_001 }).filter((row) => !keepsBar(row))
  expect(dear.map(({ metric }) => metric)).toEqual(['lease.settle.at1k'])
})

test('a figure that no test wrote is an error and no pass', () => {
  const { 'owner.withdraw.at100k': _, ...some } = halves()
  expect(() => gasRows(some)).toThrow('no figure for owner.withdraw.at100k')
})

import { expect, test } from 'vitest'
import { type Class, toBand } from './Class.ts'
import { cards, initialClassTable } from './classTable.ts'
import { findClassRow } from './findClassRow.ts'
import { judgeClaim } from './judgeClaim.ts'

const gpu = (computeBand: number, memoryBand: number) => ({ kind: 'gpu', computeBand, memoryBand, slots: 1 }) as const

test('the table is one that the ledger takes', () => {
  const points = initialClassTable.map(({ pointsPerSlot }) => pointsPerSlot)
  expect(points).toEqual([...new Set(points)].toSorted((a, b) => a - b))
  expect(points[0]).toBe(1)
  expect(Math.max(...points)).toBeLessThanOrEqual(2 ** 24)
  expect(initialClassTable.length).toBeLessThanOrEqual(32)
  expect(new Set(initialClassTable.map(({ name }) => name)).size).toBe(initialClassTable.length)
  for (const { name, computeFrom, computeTo } of initialClassTable) {
    expect(name).toMatch(/^[\w-]{1,16}$/)
    expect(computeTo).toBeGreaterThanOrEqual(computeFrom)
  }
})

test('rows follow from data sheets', () => {
  expect(initialClassTable.map((row) => Object.values(row).join(' '))).toMatchInlineSnapshot(`
    [
      "cpu-small cpu 0 77 0 1 false",
      "cpu-home cpu 73 79 57 22 false",
      "cpu-workstation cpu 79 85 59 90 false",
      "cpu-server cpu 83 89 61 256 false",
      "gpu-6g gpu 84 86 63 430 false",
      "gpu-8g gpu 89 92 63 1024 false",
      "gpu-12g gpu 89 91 65 1448 false",
      "gpu-24g gpu 92 94 67 3444 false",
      "gpu-24g-fast gpu 94 96 67 4870 false",
      "gpu-40g gpu 94 96 69 6888 false",
      "gpu-80g gpu 94 96 71 9741 false",
      "gpu-80g-fast gpu 96 99 71 13777 false",
    ]
  `)
})

test.each([
  ['RTX 3060', gpu(89, 65), 'fits'],
  ['NVIDIA GeForce RTX 3060', gpu(91, 70), 'fits'],
  ['NVIDIA GeForce RTX 3060', gpu(88, 65), 'slower'],
  ['NVIDIA GeForce RTX 3060', gpu(89, 64), 'slower'],
  ['NVIDIA GeForce RTX 3060', gpu(92, 65), 'faster'],
  // What lacks memory is no such card, however fast it is.
  ['NVIDIA GeForce RTX 3060', gpu(92, 64), 'slower'],
  ['NVIDIA GeForce RTX 3060', { ...gpu(89, 66), kind: 'cpu' }, 'slower'],
  ['NVIDIA A100-SXM4-80GB', gpu(94, 71), 'fits'],
  ['NVIDIA A100-PCIE-40GB', gpu(94, 69), 'fits'],
  ['NVIDIA H100 80GB HBM3', gpu(97, 71), 'fits'],
  ['NVIDIA H100 PCIe', gpu(96, 71), 'fits'],
  ['NVIDIA H200', gpu(97, 71), 'fits'],
  ['NVIDIA H200', gpu(95, 71), 'slower'],
  ['NVIDIA GeForce RTX 3060 Ti', gpu(90, 63), 'fits'],
  ['NVIDIA GeForce RTX 3060 Laptop GPU', gpu(89, 66), 'unknown'],
  ['AMD Ryzen 9 7950X', { kind: 'cpu', computeBand: 66, memoryBand: 69, slots: 1 }, 'unknown'],
  ['', gpu(89, 66), 'unknown'],
] as const)('%s measured as %j: %s', (model, measured, judgement) => {
  expect(judgeClaim(model, measured)).toBe(judgement)
})

test('every card fits the row that its claim means, at half and at all of its rate', () => {
  for (const [name, of] of Object.entries(cards)) {
    const row = initialClassTable.find((one) => one.name === name)
    for (const { names } of of) {
      expect(judgeClaim(names[0] ?? '', gpu(row?.computeFrom ?? 0, row?.memoryFrom ?? 0))).toBe('fits')
      expect(judgeClaim(names[0] ?? '', gpu(row?.computeTo ?? 0, row?.memoryFrom ?? 0))).toBe('fits')
    }
  }
})

test('at 80 % of its rate, what it can prove of its memory filled, every card is found in its row', () => {
  for (const [name, of] of Object.entries(cards)) {
    for (const { names, tops, memoryGib } of of) {
      const filledGib = 2 ** Math.floor(Math.log2(0.9 * memoryGib))
      const measured = gpu(toBand(0.8 * (tops / 2) * 1e12), toBand(0.95 * filledGib * 2 ** 30))
      expect([names[0], findClassRow(measured, initialClassTable)?.name]).toEqual([names[0], name])
    }
  }
})

test('a slot is of the last row that it reaches, and of none where its kind has none', () => {
  const row = (measured: Class) => findClassRow(measured, initialClassTable)?.name
  const cpu = (computeBand: number, memoryBand: number) => ({ kind: 'cpu', computeBand, memoryBand, slots: 1 }) as const
  expect([row(cpu(0, 0)), row(cpu(73, 57)), row(cpu(99, 57)), row(cpu(99, 99))]).toEqual([
    ...['cpu-small', 'cpu-home', 'cpu-home', 'cpu-server'],
  ])
  // One core of a server of 2024, and 97 % of 512 MiB.
  expect(row(cpu(toBand(124e9), toBand(0.97 * 2 ** 29)))).toBe('cpu-home')
  expect(row(gpu(83, 99))).toBeUndefined()
})

test('a claim is judged by the table that votes have made', () => {
  const [row] = initialClassTable.filter(({ name }) => name === 'gpu-12g')
  const table = row ? [{ ...row, computeFrom: 90 }] : []
  expect(judgeClaim('RTX 3060', gpu(89, 66), table)).toBe('slower')
  expect(judgeClaim('RTX 3090', gpu(92, 68), table)).toBe('unknown')
})

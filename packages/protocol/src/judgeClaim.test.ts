import { expect, test } from 'vitest'
import { cards, initialClassTable } from './classTable.ts'
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
      "cpu-small cpu 0 66 0 1 false",
      "cpu-home cpu 57 72 65 5 false",
      "cpu-workstation cpu 66 78 69 53 false",
      "cpu-server cpu 73 84 73 362 false",
      "gpu-6g gpu 84 86 64 512 false",
      "gpu-8g gpu 89 92 65 1448 false",
      "gpu-12g gpu 89 91 66 1722 false",
      "gpu-24g gpu 92 94 68 4096 false",
      "gpu-24g-fast gpu 94 96 68 5792 false",
      "gpu-40g gpu 94 96 70 8192 false",
      "gpu-80g gpu 94 96 72 11585 false",
      "gpu-80g-fast gpu 96 99 72 16384 false",
      "gpu-141g gpu 97 99 73 23170 false",
    ]
  `)
})

test.each([
  ['RTX 3060', gpu(89, 66), 'fits'],
  ['NVIDIA GeForce RTX 3060', gpu(91, 70), 'fits'],
  ['NVIDIA GeForce RTX 3060', gpu(88, 66), 'slower'],
  ['NVIDIA GeForce RTX 3060', gpu(89, 65), 'slower'],
  ['NVIDIA GeForce RTX 3060', gpu(92, 66), 'faster'],
  // What lacks memory is no such card, however fast it is.
  ['NVIDIA GeForce RTX 3060', gpu(92, 65), 'slower'],
  ['NVIDIA GeForce RTX 3060', { ...gpu(89, 66), kind: 'cpu' }, 'slower'],
  ['NVIDIA A100-SXM4-80GB', gpu(94, 72), 'fits'],
  ['NVIDIA A100-PCIE-40GB', gpu(94, 70), 'fits'],
  ['NVIDIA H100 80GB HBM3', gpu(97, 72), 'fits'],
  ['NVIDIA H100 PCIe', gpu(96, 72), 'fits'],
  ['NVIDIA H200', gpu(97, 72), 'slower'],
  ['NVIDIA GeForce RTX 3060 Ti', gpu(90, 65), 'fits'],
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

test('a claim is judged by the table that votes have made', () => {
  const [row] = initialClassTable.filter(({ name }) => name === 'gpu-12g')
  const table = row ? [{ ...row, computeFrom: 90 }] : []
  expect(judgeClaim('RTX 3060', gpu(89, 66), table)).toBe('slower')
  expect(judgeClaim('RTX 3090', gpu(92, 68), table)).toBe('unknown')
})

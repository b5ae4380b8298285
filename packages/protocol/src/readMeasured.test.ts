import { expect, test } from 'vitest'
import { readMeasured } from './readMeasured.ts'
import type { Verdict } from './Verdict.ts'

const verdict = (rttBand: number, downBand: number, upBand: number, writeBand: number, readBand: number): Verdict => ({
  ...{ passed: true, class: { kind: 'gpu', computeBand: 89, memoryBand: 66, slots: 1 } },
  ...{ network: { rttBand, downBand, upBand }, disk: { writeBand, readBand } },
})

test('of each band the middle of those who measured it counts, the lower of two', () => {
  const verdicts = [
    verdict(9, 52, 40, 56, 0),
    verdict(3, 50, 90, 57, 0),
    verdict(4, 1, 41, 0, 0),
    verdict(20, 51, 2, 0, 0),
  ]
  expect(readMeasured([...verdicts, { passed: false }])).toEqual({
    network: { rttBand: 4, downBand: 50, upBand: 40 },
    disk: { writeBand: 56, readBand: 0 },
  })
})

test('where nobody passed it nothing was measured', () => {
  const nothing = { network: { rttBand: 0, downBand: 0, upBand: 0 }, disk: { writeBand: 0, readBand: 0 } }
  expect(readMeasured([{ passed: false }])).toEqual(nothing)
  expect(readMeasured([])).toEqual(nothing)
})

import { expect, test } from 'vitest'
import type { Class } from './Class.ts'
import { readMeasured } from './readMeasured.ts'
import type { Verdict } from './Verdict.ts'

const gpu = { kind: 'gpu', computeBand: 89, memoryBand: 66, slots: 1 } as const
const verdict = (rttBand: number, downBand: number, upBand: number, writeBand: number, readBand: number): Verdict => ({
  ...{ passed: true, class: gpu },
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
    class: gpu,
    network: { rttBand: 4, downBand: 50, upBand: 40 },
    disk: { writeBand: 56, readBand: 0 },
  })
})

test('of each part of the class the lower middle counts, whether it was measured or not', () => {
  const seen: [Class['kind'], number, number, number][] = [
    ['gpu', 90, 0, 2],
    ['cpu', 80, 65, 1],
    ['gpu', 92, 0, 2],
    ['cpu', 91, 67, 3],
  ]
  const verdicts = seen.map(([kind, computeBand, memoryBand, slots]): Verdict => {
    const nothing = { network: { rttBand: 0, downBand: 0, upBand: 0 }, disk: { writeBand: 0, readBand: 0 } }
    return { passed: true, class: { kind, computeBand, memoryBand, slots }, ...nothing }
  })
  expect(readMeasured(verdicts).class).toEqual({ kind: 'cpu', computeBand: 90, memoryBand: 0, slots: 2 })
})

test('where nobody passed it nothing was measured', () => {
  const nothing = {
    class: undefined,
    network: { rttBand: 0, downBand: 0, upBand: 0 },
    disk: { writeBand: 0, readBand: 0 },
  }
  expect(readMeasured([{ passed: false }])).toEqual(nothing)
  expect(readMeasured([])).toEqual(nothing)
})

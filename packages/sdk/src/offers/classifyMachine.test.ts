import { type Class, initialClassTable } from '@hotaru/protocol'
import { expect, test } from 'vitest'
import { createFakeMachine } from '../testing/index.ts'
import { classifyMachine } from './classifyMachine.ts'

const hardware = {
  ...{ cpu: { model: 'Ryzen', cores: 16 }, memoryBytes: 2 ** 35, network: { interfaces: [] } },
  disk: { freeBytes: 1, totalBytes: 2, writeBytesPerSecond: null },
  system: { platform: 'linux', release: '6', architecture: 'x64' },
}
const claim = (...names: string[]) => JSON.stringify({ ...hardware, gpus: names.map((name) => ({ ...card, name })) })
const card = {
  ...{ vendor: 'NVIDIA', pciAddress: null, uuid: null, memoryBytes: null, driverVersion: null, seenBy: [] },
}
const classify = (said: string, measured: Class | undefined, table = initialClassTable) => {
  const { row, judgement } = classifyMachine(
    createFakeMachine(`0x${'11'.repeat(32)}`, { claim: said, class: measured }),
    table,
  )
  return [row?.name, judgement]
}
const gpu = (computeBand: number, memoryBand: number) => ({ kind: 'gpu', computeBand, memoryBand, slots: 2 }) as const

test('a claim is judged beside the row that was measured', () => {
  expect(classify(claim('RTX 3060'), gpu(90, 65))).toEqual(['gpu-12g', 'fits'])
  expect(classify(claim('RTX 3060', 'RTX 3060'), gpu(90, 65))).toEqual(['gpu-12g', 'fits'])
  expect(classify(claim('RTX 4090'), gpu(90, 65))).toEqual(['gpu-12g', 'slower'])
  expect(classify(claim('RTX 3060'), gpu(95, 67))).toEqual(['gpu-24g-fast', 'faster'])
  expect(classify(claim('RTX 3060'), gpu(90, 65), [])).toEqual([undefined, 'unknown'])
})

test('what cannot be judged is unknown: cards that differ, processors, text; without an audit there is nothing to judge', () => {
  expect(classify(claim('RTX 3060', 'RTX 4090'), gpu(90, 65))).toEqual(['gpu-12g', 'unknown'])
  expect(classify(claim(), { kind: 'cpu', computeBand: 80, memoryBand: 61, slots: 1 })).toEqual([
    ...['cpu-workstation', 'unknown'],
  ])
  expect(classify('RTX 3060', gpu(90, 65))).toEqual(['gpu-12g', 'unknown'])
  expect(classify(claim('RTX 3060'), undefined)).toEqual([undefined, undefined])
})

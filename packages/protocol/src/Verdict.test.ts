import { expect, test } from 'vitest'
import { decodeJudgement, decodeVerdict, encodeJudgement, encodeVerdict } from './Verdict.ts'

const measured = { kind: 'gpu', computeBand: 301, memoryBand: 72, slots: 8 } as const

const passing = {
  ...{ passed: true, class: measured },
  network: { rttBand: 9, downBand: 52, upBand: 48 },
  disk: { writeBand: 56, readBand: 28 },
} as const

test.each([{ passed: false } as const, passing])('verdict %j comes back as it was', (verdict) => {
  expect(decodeVerdict(encodeVerdict(verdict))).toEqual(verdict)
})

test('a verdict lies as the ledger reads it', () => {
  expect(encodeVerdict(passing)).toBe(`0x0201012d004808093430381c${'00'.repeat(20)}`)
  expect(encodeVerdict({ passed: false })).toBe(`0x01${'00'.repeat(31)}`)
})

test.each([{ guilty: false } as const, { guilty: true, since: 1_800_000_000 } as const])(
  'judgement %j comes back as it was',
  (judgement) => {
    expect(decodeJudgement(encodeJudgement(judgement))).toEqual(judgement)
  },
)

test('what the ledger takes for nothing is nothing', () => {
  const none = `0x${'00'.repeat(32)}` as const
  const oddKind = `0x0202${'00'.repeat(4)}01${'00'.repeat(25)}` as const
  const noSlots = encodeVerdict({ ...passing, class: { ...measured, slots: 0 } })
  const trailing = `0x01${'00'.repeat(30)}01` as const
  const marked = `0x01${'00'.repeat(6)}09${'00'.repeat(24)}` as const
  for (const vote of [none, oddKind, noSlots, trailing, marked]) expect(decodeVerdict(vote)).toBeUndefined()
  for (const vote of [none, trailing, `0x02${'00'.repeat(31)}` as const]) expect(decodeJudgement(vote)).toBeUndefined()
})

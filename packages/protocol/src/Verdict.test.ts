import { expect, test } from 'vitest'
import { decodeJudgement, decodeVerdict, encodeJudgement, encodeVerdict } from './Verdict.ts'

const measured = { kind: 'gpu', computeBand: 301, memoryBand: 72, slots: 8 } as const

test.each([{ passed: false } as const, { passed: true, class: measured, rttBand: 9 } as const])(
  'verdict %j comes back as it was',
  (verdict) => {
    expect(decodeVerdict(encodeVerdict(verdict))).toEqual(verdict)
  },
)

test.each([{ guilty: false } as const, { guilty: true, since: 1_800_000_000 } as const])(
  'judgement %j comes back as it was',
  (judgement) => {
    expect(decodeJudgement(encodeJudgement(judgement))).toEqual(judgement)
  },
)

test('what the ledger takes for nothing is nothing', () => {
  const none = `0x${'00'.repeat(32)}` as const
  const oddKind = `0x0202${'00'.repeat(4)}01${'00'.repeat(25)}` as const
  const noSlots = encodeVerdict({ passed: true, class: { ...measured, slots: 0 }, rttBand: 0 })
  const trailing = `0x01${'00'.repeat(30)}01` as const
  for (const vote of [none, oddKind, noSlots, trailing]) expect(decodeVerdict(vote)).toBeUndefined()
  for (const vote of [none, trailing, `0x02${'00'.repeat(31)}` as const]) expect(decodeJudgement(vote)).toBeUndefined()
})

import { createManualClock } from '@hotaru/base'
import { expect, test } from 'vitest'
import { Pairs } from './Pairs.ts'

/** Two audits of a pair, and what happened at their machines, in order. */
function stage() {
  const clock = createManualClock()
  const ending = new AbortController()
  const pairs = new Pairs()
  pairs.add(1n, 2n)
  const seen: string[] = []
  const meet = async (auditId: bigint, attending: Promise<void> = Promise.resolve()) => {
    const attend = async () => {
      await attending
      seen.push(`${auditId} attends`)
    }
    const isTogether = await pairs.meet(auditId, 3n - auditId, { attend, clock, signal: ending.signal })
    seen.push(`${auditId} begins ${isTogether ? 'with the other' : 'alone'}`)
  }
  return { clock, pairs, seen, meet, ending }
}

/** Lets everything happen that waits for no clock. */
const settle = () => new Promise((resolve) => setImmediate(resolve))

test('both attend before either begins, whoever comes first', async () => {
  for (const order of [
    [1n, 2n],
    [2n, 1n],
  ]) {
    const { seen, meet } = stage()
    await Promise.all(order.map((auditId) => meet(auditId)))
    expect(seen.slice(0, 2)).toEqual(['1 attends', '2 attends'])
    expect(seen.slice(2).sort()).toEqual(['1 begins with the other', '2 begins with the other'])
  }
})

test('who waits in vain goes on alone, after two minutes with a machine in hand and six without', async () => {
  const held = stage()
  void held.meet(1n)
  await settle()
  held.clock.advance(119_999)
  await settle()
  expect(held.seen).toEqual(['1 attends'])
  held.clock.advance(1)
  await settle()
  expect(held.seen).toEqual(['1 attends', '1 begins alone'])

  const queued = stage()
  void queued.meet(2n)
  await settle()
  queued.clock.advance(359_999)
  await settle()
  expect(queued.seen).toEqual([])
  queued.clock.advance(1)
  await settle()
  expect(queued.seen).toEqual(['2 attends', '2 begins alone'])
})

test('nobody waits for what is decided; what has failed to begin may meet again', async () => {
  const { pairs, seen, meet } = stage()
  const failing = meet(1n, Promise.reject(new RangeError('it hangs up')))
  await expect(failing).rejects.toThrow('hangs up')
  pairs.part(1n)
  const second = meet(2n)
  await settle()
  expect(seen).toEqual([])
  await meet(1n)
  await second
  expect(seen).toContain('2 begins with the other')
  pairs.part(1n)
  pairs.part(2n)
  pairs.decide(1n)
  await meet(2n)
  expect(seen.at(-1)).toBe('2 begins alone')
})

test('whoever is ended waits no longer', async () => {
  const { meet, ending } = stage()
  const waiting = meet(2n)
  ending.abort(new RangeError('over'))
  await expect(waiting).rejects.toThrow('over')
})

import { expect, test } from 'vitest'
import { describeWeek } from './describeWeek.ts'

test('hours of the week, with days alike named together', () => {
  const evening = 0b1111n << 20n
  const whole = (1n << 24n) - 1n
  const hours = [0n, 1n, 2n, 3n, 4n].reduce((sum, day) => sum | (evening << (day * 24n)), whole << 120n)
  expect(describeWeek({ hours: hours | (1n << 144n), utcOffsetMinutes: 120 })).toBe(
    'Mon to Fri 20:00-24:00, Sat 0:00-24:00, Sun 0:00-1:00 (UTC+2:00)',
  )
  expect(describeWeek({ hours: 0b101n << 24n, utcOffsetMinutes: -210 })).toBe('Tue 0:00-1:00 2:00-3:00 (UTC-3:30)')
})

import { expect, test } from 'vitest'
import { parseJob } from './job.ts'

test('what the job leaves out is taken from the defaults', () => {
  expect(parseJob('{ "seed": 4 }')).toEqual({ epochs: 8, hidden: 128, seed: 4 })
})

test('a job that cannot be done is refused with what would be accepted', () => {
  expect(() => parseJob('epochs=4')).toThrowErrorMatchingInlineSnapshot(
    `[Digits.JobError: Cannot read the job: it is not JSON, expected an object such as { "epochs": 8 }]`,
  )
  expect(() => parseJob('null')).toThrowErrorMatchingInlineSnapshot(
    `[Digits.JobError: Cannot read the job: it is null, expected an object such as { "epochs": 8 }]`,
  )
  expect(() => parseJob('{ "epoch": 4 }')).toThrowErrorMatchingInlineSnapshot(
    `[Digits.JobError: Cannot read the job: "epoch" is no option, expected epochs, hidden, seed]`,
  )
  expect(() => parseJob('{ "hidden": 0.5 }')).toThrowErrorMatchingInlineSnapshot(
    `[Digits.JobError: Cannot read the job: "hidden" is 0.5, expected a whole number from 4 to 4096]`,
  )
})

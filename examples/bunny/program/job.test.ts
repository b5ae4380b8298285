import { expect, test } from 'vitest'
import { parseJob } from './job.ts'

test('what the job leaves out is taken from the defaults', () => {
  expect(parseJob('{ "samples": 4 }')).toEqual({ width: 480, height: 480, samples: 4, seed: 1, device: 'auto' })
})

test('a job that cannot be done is refused with what would be accepted', () => {
  expect(() => parseJob('samples=4')).toThrowErrorMatchingInlineSnapshot(
    `[Bunny.JobError: Cannot read the job: it is not JSON, expected an object such as { "samples": 32 }]`,
  )
  expect(() => parseJob('[]')).toThrowErrorMatchingInlineSnapshot(
    `[Bunny.JobError: Cannot read the job: it is [], expected an object such as { "samples": 32 }]`,
  )
  expect(() => parseJob('{ "sample": 4 }')).toThrowErrorMatchingInlineSnapshot(
    `[Bunny.JobError: Cannot read the job: "sample" is no option, expected width, height, samples, seed, device]`,
  )
  expect(() => parseJob('{ "width": 4097 }')).toThrowErrorMatchingInlineSnapshot(
    `[Bunny.JobError: Cannot read the job: "width" is 4097, expected a whole number from 8 to 4096]`,
  )
  expect(() => parseJob('{ "samples": "many" }')).toThrowErrorMatchingInlineSnapshot(
    `[Bunny.JobError: Cannot read the job: "samples" is "many", expected a whole number from 1 to 65536]`,
  )
  expect(() => parseJob('{ "device": "tpu" }')).toThrowErrorMatchingInlineSnapshot(
    `[Bunny.JobError: Cannot read the job: "device" is "tpu", expected "auto", "gpu" or "cpu"]`,
  )
})

import type { AloneAsked } from '@hotaru/proof'

/** What to show, as the renter asks for it in `job.json`. `chainId` and `machineId` are decimal. */
export type Job = { chainId: string; machineId: string; cpu?: Part; gpu?: Part }

type Part = Omit<AloneAsked, 'chainId' | 'machineId'>

/**
 * Reads the text of `job.json`. Sizes are looked at by the proof itself.
 *
 * @throws JobError when it is no job.
 */
export function parseJob(text: string): Job {
  const job: Partial<Job> = JSON.parse(text)
  for (const name of ['chainId', 'machineId'] as const)
    if (!/^\d+$/.test(job[name] ?? ''))
      throw new JobError(`"${name}" is ${JSON.stringify(job[name])}`, 'a number in ""')
  if (!job.cpu && !job.gpu) throw new JobError('it asks for nothing', '"cpu", "gpu", or both')
  for (const part of [job.cpu, job.gpu])
    if (part && !/^0x[0-9a-f]{64}$/.test(part.nonce)) throw new JobError(`a nonce is ${part.nonce}`, '32 bytes of hex')
  return job as Job
}

/** Thrown when `job.json` asks for something that cannot be done. */
export class JobError extends Error {
  override readonly name = 'Acceptance.JobError'
  constructor(problem: string, expected: string) {
    super(`Cannot read the job: ${problem}, expected ${expected}`)
  }
}

/** What to render, as the renter asks for it in `job.json`. */
export type Job = {
  /** Pixels across. @default 480 */
  width: number
  /** Pixels down. @default 480 */
  height: number
  /** Paths a pixel: twice as many cost twice the time and leave 0.7 of the noise. @default 32 */
  samples: number
  /** Where chance starts; the same seed on the CPU gives the same pixels. @default 1 */
  seed: number
  /** `auto` takes a real GPU, or else whichever of WebGPU in software and TypeScript proves faster. @default 'auto' */
  device: 'auto' | 'gpu' | 'cpu'
}

/** The job of those who ask for nothing in particular. */
const defaultJob: Job = { width: 480, height: 480, samples: 32, seed: 1, device: 'auto' }

const bounds = {
  // Above this the film alone would not fit in the gibibyte that the lease grants.
  width: [8, 4096],
  height: [8, 4096],
  samples: [1, 65536],
  seed: [0, 0x7fffffff],
} as const

/**
 * Reads the text of `job.json`; what it leaves out is taken from the defaults.
 *
 * @throws JobError when it is no JSON object, a number is out of bounds, or a name is unknown.
 */
export function parseJob(text: string): Job {
  const given = parseObject(text)
  const unknown = Object.keys(given).find((name) => !(name in defaultJob))
  if (unknown !== undefined) throw new JobError(`"${unknown}" is no option`, Object.keys(defaultJob).join(', '))
  const job = { ...defaultJob, ...given }
  for (const [name, [least, most]] of Object.entries(bounds)) {
    const value = given[name] ?? least
    if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > most)
      throw new JobError(`"${name}" is ${JSON.stringify(value)}`, `a whole number from ${least} to ${most}`)
  }
  if (!['auto', 'gpu', 'cpu'].includes(job.device))
    throw new JobError(`"device" is ${JSON.stringify(job.device)}`, '"auto", "gpu" or "cpu"')
  return job
}

function parseObject(text: string): Partial<Record<string, unknown>> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new JobError('it is not JSON', 'an object such as { "samples": 32 }', { cause })
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new JobError(`it is ${JSON.stringify(value)}`, 'an object such as { "samples": 32 }')
  return { ...value }
}

/** Thrown when `job.json` asks for something that cannot be done. */
export class JobError extends Error {
  override readonly name = 'Bunny.JobError'
  constructor(problem: string, expected: string, options: ErrorOptions = {}) {
    super(`Cannot read the job: ${problem}, expected ${expected}`, options)
  }
}

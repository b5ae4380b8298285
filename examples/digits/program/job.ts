/** What to train, as the renter asks for it in `job.json`. */
export type Job = {
  /** How often every image is shown. @default 8 */
  epochs: number
  /** Hidden units: more learn finer shapes and take longer. @default 88 */
  hidden: number
  /** Where chance starts; the same seed gives the same weights. @default 1 */
  seed: number
}

const defaultJob: Job = { epochs: 8, hidden: 128, seed: 1 }
const bounds = { epochs: [1, 1000], hidden: [4, 4096], seed: [0, 0x7fffffff] } as const

/**
 * Reads the text of `job.json`; what it leaves out is taken from the defaults.
 *
 * @throws JobError when it is no JSON object, a number is out of bounds, or a name is unknown.
 */
export function parseJob(text: string): Job {
  const given = parseObject(text)
  const unknown = Object.keys(given).find((name) => !(name in defaultJob))
  if (unknown !== undefined) throw new JobError(`"${unknown}" is no option`, Object.keys(defaultJob).join(', '))
  for (const [name, [least, most]] of Object.entries(bounds)) {
    const value = given[name] ?? least
    if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > most)
      throw new JobError(`"${name}" is ${JSON.stringify(value)}`, `a whole number from ${least} to ${most}`)
  }
  return { ...defaultJob, ...given }
}

function parseObject(text: string): Partial<Record<string, unknown>> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new JobError('it is not JSON', 'an object such as { "epochs": 8 }', { cause })
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new JobError(`it is ${JSON.stringify(value)}`, 'an object such as { "epochs": 8 }')
  return { ...value }
}

/** Thrown when `job.json` asks for something that cannot be done. */
export class JobError extends Error {
  override readonly name = 'Digits.JobError'
  constructor(problem: string, expected: string, options: ErrorOptions = {}) {
    super(`Cannot read the job: ${problem}, expected ${expected}`, options)
  }
}

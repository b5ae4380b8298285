import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { BaseError } from '@hotaru/base'
import { z } from 'zod'

/** The name of the file that describes a workload, in the workload's directory. */
export const workloadFileName = 'workload.json'

const limitsSchema = z.strictObject({
  memoryBytes: z.int().positive().optional(),
  diskBytes: z.int().positive().optional(),
  processes: z.int().positive().optional(),
  timeoutMs: z.int().positive().optional(),
})

const shared = {
  name: z.string(),
  /** A module of the directory that exports `prepare(directory)`; it runs here, before the lease, and fills the directory with exactly the files to send. */
  prepare: z.string().optional(),
  limits: limitsSchema.optional(),
  /** The file among the results that matters most. */
  output: z.string().optional(),
}

const workloadFileSchema = z.discriminatedUnion('driver', [
  z.strictObject({
    driver: z.literal('deno'),
    entry: z.string(),
    arguments: z.array(z.string()).optional(),
    ...shared,
  }),
  z.strictObject({ driver: z.literal('container'), image: z.string(), command: z.array(z.string()).min(1), ...shared }),
])

/** A `workload.json` as people write it. */
export type WorkloadFile = z.infer<typeof workloadFileSchema>

/**
 * Reads the `workload.json` of a directory.
 *
 * @throws `WorkloadFile.MissingError`, or `WorkloadFile.InvalidError` that names the first field that is off.
 */
export async function readWorkloadFile(directory: string): Promise<WorkloadFile> {
  const path = join(directory, workloadFileName)
  const text = await readFile(path, 'utf8').catch((cause) => {
    throw new MissingWorkloadFileError({ directory, cause })
  })
  const result = workloadFileSchema.safeParse(parseJson(text, path))
  if (result.success) return result.data
  const issue = result.error.issues[0]
  throw new InvalidWorkloadFileError({
    path,
    reason: `field "${issue?.path.join('.') || '(root)'}": ${issue?.message ?? 'unknown'}`,
  })
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new InvalidWorkloadFileError({ path, reason: 'it is not JSON', cause })
  }
}

const hint =
  'the shape is {"name":"job","driver":"deno","entry":"main.ts"}; examples/bunny/workload.json is a whole one'

export class MissingWorkloadFileError extends BaseError {
  override readonly name = 'WorkloadFile.MissingError'

  constructor({ directory, cause }: { directory: string; cause: unknown }) {
    super(`Cannot read the workload: directory "${directory}" has no "${workloadFileName}", expected one`, {
      hint,
      exitCode: 2,
      cause,
    })
  }
}

export class InvalidWorkloadFileError extends BaseError {
  override readonly name = 'WorkloadFile.InvalidError'

  constructor({ path, reason, cause }: { path: string; reason: string; cause?: unknown }) {
    super(`Cannot read the workload: "${path}" is not valid (${reason}), expected a workload description`, {
      hint,
      exitCode: 2,
      cause,
    })
  }
}

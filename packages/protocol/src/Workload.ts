import { BaseError } from '@hotaru/base'
import { type Hex, keccak256, stringToBytes } from 'viem'
import { z } from 'zod'

/** Limits of what a manifest may ask for, so that no peer can make the other allocate without bound. */
export const workloadLimits = { files: 10_000, fileBytes: 64 * 2 ** 30, pathLength: 512, manifestBytes: 4 * 2 ** 20 }

/** A path below a folder that no driver and no end of the link can be led out of, nor a terminal be played with. */
export const relativePath = z
  .string()
  .min(1)
  .max(workloadLimits.pathLength)
  .refine((path) => !path.startsWith('/') && !path.includes('\\'), 'a relative path with "/"')
  .refine((path) => path.isWellFormed() && !/\p{Cc}/u.test(path), 'no control characters')
  .refine(
    (path) => path.split('/').every((part) => part !== '' && part !== '.' && part !== '..'),
    'no "." or ".." parts',
  )

const program = z.discriminatedUnion('driver', [
  z.strictObject({ driver: z.literal('deno'), entry: relativePath, arguments: z.array(z.string().max(4096)).max(256) }),
  z.strictObject({
    driver: z.literal('container'),
    /** By content, never by a tag that can be swapped. */
    image: z.string().regex(/^([a-z0-9.:/_-]+@)?sha256:[0-9a-f]{64}$/),
    command: z.array(z.string().max(4096)).min(1).max(256),
  }),
])

/** What a renter asks a machine to run: programs, files by hash, limits. Its digest is in the lease. */
export const workloadSchema = z.strictObject({
  version: z.literal(1),
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/),
  program,
  files: z
    .array(
      z.strictObject({
        path: relativePath,
        sizeBytes: z.int().min(0).max(workloadLimits.fileBytes),
        sha256: z.string().regex(/^[0-9a-f]{64}$/),
      }),
    )
    .max(workloadLimits.files),
  limits: z.strictObject({
    memoryBytes: z.int().min(16 * 2 ** 20),
    diskBytes: z.int().min(2 ** 20),
    /** Processes and threads at once. */
    processes: z.int().min(1).max(4096),
    /** The longest run, however long the lease. */
    timeoutMs: z.int().min(1000),
  }),
})

export type Workload = z.infer<typeof workloadSchema>

/** Limits that are used where a renter names none: enough for most, small enough for a home PC. */
export const defaultWorkloadLimits: Workload['limits'] = {
  memoryBytes: 2 * 2 ** 30,
  diskBytes: 4 * 2 ** 30,
  processes: 256,
  timeoutMs: 24 * 3600 * 1000,
}

/** Reads a manifest from a peer or a file. Throws `Workload.InvalidError` that names the first field that is off. */
export function parseWorkload(input: unknown): Workload {
  const result = workloadSchema.safeParse(input)
  if (!result.success) {
    const issue = result.error.issues[0]
    throw new InvalidWorkloadError({
      field: issue?.path.join('.') ?? '',
      reason: issue?.message ?? 'unknown',
      cause: result.error,
    })
  }
  const paths = new Set(result.data.files.map((file) => file.path))
  if (paths.size !== result.data.files.length)
    throw new InvalidWorkloadError({ field: 'files', reason: 'a path twice' })
  const inside = findFileAsFolder([...paths])
  if (inside !== undefined) {
    throw new InvalidWorkloadError({ field: 'files', reason: `"${inside}" is a file and a folder` })
  }
  return result.data
}

/** A file that is also a folder of another one. */
function findFileAsFolder(paths: readonly string[]): string | undefined {
  // With "/" sorted below every other character, the two are neighbours.
  const sorted = paths.map((path) => path.replaceAll('/', '\0')).sort()
  const index = sorted.findIndex((path, at) => sorted[at + 1]?.startsWith(`${path}\0`))
  return sorted[index]?.replaceAll('\0', '/')
}

/** keccak-256 of the manifest's canonical JSON (keys sorted, no spaces): the `workloadDigest` of a lease. */
export function hashWorkload(workload: Workload): Hex {
  return keccak256(stringToBytes(canonicalJson(workload)))
}

/** JSON with sorted keys and no spaces, so that equal values have equal bytes. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner) =>
    inner && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}

export class InvalidWorkloadError extends BaseError {
  override readonly name = 'Workload.InvalidError'

  constructor({ field, reason, cause }: { field: string; reason: string; cause?: unknown }) {
    super(`Cannot use the workload: field "${field}" is not valid (${reason}), expected a manifest of version 1`, {
      exitCode: 2,
      cause,
    })
  }
}

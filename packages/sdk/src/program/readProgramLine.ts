import { z } from 'zod'

const prefix = '@hotaru '

const lineSchema = z.union([
  z.object({
    progress: z.object({ done: z.number().min(0), total: z.number().positive(), label: z.string().optional() }),
  }),
  z.object({ device: z.object({ kind: z.enum(['cpu', 'gpu']), name: z.string(), api: z.string().optional() }) }),
  z.object({ result: z.record(z.string(), z.unknown()) }),
])

/** What a program says to whoever watches it, beside its output. */
export type ProgramLine = z.infer<typeof lineSchema>

/**
 * Reads one line of a program's output as a message: `@hotaru {"progress":{"done":12,"total":64}}`.
 *
 * @returns undefined for ordinary output, malformed messages included: those are shown as they are.
 */
export function readProgramLine(line: string): ProgramLine | undefined {
  if (!line.startsWith(prefix)) return undefined
  try {
    return lineSchema.safeParse(JSON.parse(line.slice(prefix.length))).data
  } catch {
    return undefined
  }
}

import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'

const agentFileSchema = z.looseObject({ url: z.url({ protocol: /^http$/, hostname: /^(127\.0\.0\.1|localhost)$/ }) })

const healthSchema = z.looseObject({
  conditions: z.array(
    z.looseObject({
      code: z.string(),
      severity: z.string(),
      sentence: z.string(),
      mend: z.string().nullable().optional(),
    }),
  ),
})

/** How the agent of this machine is, in one sentence, with what it complains of. */
export type AgentHealth = { summary: string; conditions: z.infer<typeof healthSchema>['conditions'] }

/** A local agent answers at once or not at all. */
const timeoutMs = 2000

/** Asks the agent whose directory this is for its health. Never throws: an agent that is away is a finding too. */
export async function readAgentHealth(directory: string): Promise<AgentHealth> {
  try {
    const { url } = agentFileSchema.parse(JSON.parse(await readFile(join(directory, 'agent.json'), 'utf8')))
    const response = await fetch(new URL('/health', url), { signal: AbortSignal.timeout(timeoutMs) })
    const { conditions } = healthSchema.parse(await response.json())
    const count = conditions.length === 1 ? '1 condition' : `${conditions.length} conditions`
    return { summary: conditions.length === 0 ? 'healthy' : `answers, with ${count}`, conditions }
  } catch {
    return { summary: 'does not answer', conditions: [] }
  }
}

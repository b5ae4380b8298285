import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { BaseError } from '@hotaru/base'
import { z } from 'zod'

const agentFileSchema = z.object({ url: z.url(), pid: z.int() })

/**
 * Makes sure that no other agent runs in the directory: two would both answer for the same machine.
 *
 * The file of one that was killed is no obstacle: the agent it names has to answer.
 *
 * @throws `Agent.AlreadyRunsError`
 */
export async function assertAlone(directory: string): Promise<void> {
  const found = agentFileSchema.safeParse(await readJson(join(directory, 'agent.json')))
  if (!found.success || found.data.pid === process.pid) return
  const { url, pid } = found.data
  const answer = await fetch(new URL('/status', url), { signal: AbortSignal.timeout(answerMs) })
    .then((response) => response.json())
    .catch(() => undefined)
  if (agentFileSchema.pick({ pid: true }).safeParse(answer).data?.pid === pid)
    throw new AlreadyRunsError({ directory, pid })
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch {
    // Missing or no JSON: in both cases nobody who runs has written it.
    return undefined
  }
}

/** An agent on the same machine answers at once. */
const answerMs = 2_000

export class AlreadyRunsError extends BaseError {
  override readonly name = 'Agent.AlreadyRunsError'

  constructor({ directory, pid }: { directory: string; pid: number }) {
    super(`Cannot start the agent: process ${pid} runs one in "${directory}", expected none`, {
      facts: { pid },
      hint: `stop it first (kill ${pid}), or give this one a directory of its own`,
    })
  }
}

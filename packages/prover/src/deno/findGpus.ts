import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { z } from 'zod'
import { buildDenoCommand } from './buildDenoCommand.ts'

/** An adapter of WebGPU. */
export type Gpu = z.infer<typeof gpu>

/** How long drivers may take to be found. */
const timeoutMs = 60_000

/**
 * The adapters that WebGPU tells apart: it can be asked for a fast one and for a thrifty one, and for no other. Of two
 * equal GPUs only one is found; those that are GPUs played by software have kind `cpu`.
 *
 * @throws `Prover.NoDenoError`, and what Deno says when it does not run.
 */
export async function findGpus(): Promise<Gpu[]> {
  const { command, args, env } = buildDenoCommand('list.ts')
  const options = { env: { ...process.env, ...env }, timeout: timeoutMs, killSignal: 'SIGKILL' } as const
  const { stdout } = await promisify(execFile)(command, args, options)
  const found = z.array(gpu).parse(JSON.parse(stdout))
  return found.filter(({ device }, at) => found.findIndex((other) => other.device === device) === at)
}

const gpu = z.strictObject({
  powerPreference: z.enum(['high-performance', 'low-power']),
  device: z.string(),
  kind: z.enum(['cpu', 'gpu']),
})

import { runCli } from '../runCli.ts'
import { createTerminal } from '../Terminal.ts'

/** One command line in this process, with its streams as two pipes, or as two screens. */
export async function runIn(environment: Record<string, string>, args: readonly string[], options: runIn.Options = {}) {
  const { isTTY = false } = options
  const written = { stdout: '', stderr: '' }
  const stream = (name: 'stdout' | 'stderr') => ({
    write: (data: string | Uint8Array) =>
      (written[name] += typeof data === 'string' ? data : Buffer.from(data).toString()),
    ...{ isTTY, columns: 120 },
  })
  const terminal = createTerminal({ stdout: stream('stdout'), stderr: stream('stderr'), environment })
  const code = await runCli(args, { terminal, environment, signal: new AbortController().signal })
  return { ...written, code }
}

export declare namespace runIn {
  type Options = { isTTY?: boolean }
}

import { demultiplex } from './demultiplex.ts'
import type { EngineAddress, Output } from './Engine.ts'
import { streamEngine } from './streamEngine.ts'

/** What a container without a terminal has printed, from the start; with `follow` until it ends. */
export async function* readOutput(
  engine: EngineAddress,
  id: string,
  options: readOutput.Options = {},
): AsyncGenerator<Output> {
  const { follow = false, signal } = options
  const stream = await streamEngine(engine, {
    method: 'GET',
    path: `/containers/${id}/logs`,
    query: { stdout: true, stderr: true, follow },
    // A workload may be silent for hours.
    timeoutMs: follow ? 0 : undefined,
    signal,
  })
  try {
    yield* demultiplex(stream)
  } catch (error) {
    throw signal?.aborted ? signal.reason : error
  } finally {
    stream.destroy()
  }
}

export declare namespace readOutput {
  type Options = { follow?: boolean | undefined; signal?: AbortSignal | undefined }
}

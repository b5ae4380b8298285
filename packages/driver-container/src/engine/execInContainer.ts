import type { Duplex } from 'node:stream'
import { demultiplex } from './demultiplex.ts'
import type { EngineAddress, Output } from './Engine.ts'
import { hijackEngine } from './hijackEngine.ts'
import { requestEngine } from './requestEngine.ts'

/** A command that runs inside a container. */
export type Execution = { output: AsyncIterable<Output>; code: Promise<number | null> }

/**
 * Runs one more command inside a container, behind the same walls.
 *
 * Read `output` to its end; `code` is known then, and null when the command did not exit by itself (the container
 * ended, or `signal` was aborted).
 */
export async function execInContainer(
  engine: EngineAddress,
  id: string,
  options: execInContainer.Options,
): Promise<Execution> {
  const { command, stdin, signal } = options
  const exec = await requestEngine<{ Id: string }>(engine, {
    method: 'POST',
    path: `/containers/${id}/exec`,
    body: { Cmd: command, AttachStdin: stdin !== undefined, AttachStdout: true, AttachStderr: true, Tty: false },
  })
  const start = { method: 'POST', path: `/exec/${exec.Id}/start`, body: { Detach: false, Tty: false } } as const
  const socket = await hijackEngine(engine, start)
  const onAbort = () => socket.destroy()
  signal?.addEventListener('abort', onAbort, { once: true })
  if (signal?.aborted) onAbort()
  if (stdin) feed(stdin, socket)
  const code = Promise.withResolvers<number | null>()
  // A caller may want the output alone.
  code.promise.catch(() => {})
  return { output: readToEnd(), code: code.promise }

  async function* readToEnd(): AsyncGenerator<Output> {
    try {
      yield* demultiplex(socket)
      code.resolve(await exitCodeOf(engine, exec.Id))
    } catch (error) {
      if (!signal?.aborted) code.reject(error)
      throw signal?.aborted ? signal.reason : error
    } finally {
      signal?.removeEventListener('abort', onAbort)
      socket.destroy()
      code.resolve(null)
    }
  }
}

export declare namespace execInContainer {
  type Options = {
    command: readonly string[]
    stdin?: AsyncIterable<Uint8Array> | undefined
    signal?: AbortSignal | undefined
  }
}

function feed(stdin: AsyncIterable<Uint8Array>, socket: Duplex): void {
  const pump = async () => {
    for await (const bytes of stdin) {
      if (socket.destroyed) return
      if (!socket.write(bytes)) await new Promise((resolve) => socket.once('drain', resolve).once('close', resolve))
    }
    socket.end()
  }
  pump().catch((error) => socket.destroy(error))
}

async function exitCodeOf(engine: EngineAddress, execId: string): Promise<number | null> {
  const told = await requestEngine<{ ExitCode: number | null; Running: boolean }>(engine, {
    method: 'GET',
    path: `/exec/${execId}/json`,
  })
  return told.Running ? null : told.ExitCode
}

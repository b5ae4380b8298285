import { type IncomingMessage, request } from 'node:http'
import type { Readable } from 'node:stream'
import { BaseError } from '@hotaru/base'
import type { EngineAddress } from './Engine.ts'

/** One call of the Engine API. */
export type EngineRequest = {
  method: 'GET' | 'POST' | 'DELETE'
  /** Path below the version: `/containers/json`. */
  path: string
  query?: Readonly<Record<string, string | number | boolean>> | undefined
  /** An object is sent as JSON; a stream as it is, as a tar archive. */
  body?: object | Readable | undefined
  signal?: AbortSignal | undefined
  /** Silence on the socket after which the call is given up; 0 waits for ever. @default 60_000 */
  timeoutMs?: number | undefined
}

/**
 * Makes one call and hands the answer back unread, for answers that are streams.
 *
 * Throws `EngineError` for a status of 400 and above, `EngineUnreachableError` when nobody answers.
 */
export function streamEngine(engine: EngineAddress, call: EngineRequest): Promise<IncomingMessage> {
  const { body, signal, timeoutMs = 60_000 } = call
  const isStream = body !== undefined && 'pipe' in body
  const json = body === undefined || isStream ? undefined : JSON.stringify(body)
  return new Promise((resolve, reject) => {
    const sent = request(
      {
        socketPath: engine.socketPath,
        method: call.method,
        path: pathOf(engine, call),
        // The engine reads the host header and nothing else looks at it.
        headers: { host: 'engine', ...headersOf(json, isStream) },
        timeout: timeoutMs,
        signal,
      },
      (answer) => {
        const status = answer.statusCode ?? 0
        if (status < 400) return resolve(answer)
        readText(answer).then((text) => reject(new EngineError({ call, status, answer: messageIn(text) })), reject)
      },
    )
    sent.on('timeout', () => sent.destroy(new EngineSilentError({ call, timeoutMs })))
    sent.on('error', (cause) => {
      if (cause instanceof BaseError || signal?.aborted) return reject(signal?.aborted ? signal.reason : cause)
      reject(new EngineUnreachableError({ socketPath: engine.socketPath, cause }))
    })
    if (isStream) (body as Readable).on('error', (error) => sent.destroy(error)).pipe(sent)
    else sent.end(json)
  })
}

/** The path with version and query, as it goes over the wire. */
export function pathOf(engine: EngineAddress, call: Pick<EngineRequest, 'path' | 'query'>): string {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(call.query ?? {})) query.set(name, String(value))
  // Podman serves its own API beside Docker's under a name and a version of its own.
  const versioned = engine.apiVersion === undefined || call.path.includes('/libpod/') ? '' : `/v${engine.apiVersion}`
  return `${versioned}${call.path}${query.size > 0 ? `?${query}` : ''}`
}

/** Everything a stream says, as text. */
export async function readText(stream: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = []
  for await (const part of stream) parts.push(part)
  return Buffer.concat(parts).toString('utf8')
}

function headersOf(json: string | undefined, isStream: boolean): Record<string, string | number> {
  if (isStream) return { 'content-type': 'application/x-tar' }
  if (json === undefined) return { 'content-length': 0 }
  return { 'content-type': 'application/json', 'content-length': Buffer.byteLength(json) }
}

function messageIn(text: string): string {
  try {
    const parsed: { message?: string; cause?: string } = JSON.parse(text)
    return parsed.message ?? parsed.cause ?? text
  } catch {
    return text.trim()
  }
}

type CallFacts = { call: Pick<EngineRequest, 'method' | 'path'> }

/** The engine answered and said no. */
export class EngineError extends BaseError {
  override readonly name = 'Engine.RefusedError'
  readonly status: number

  constructor({ call, status, answer }: CallFacts & { status: number; answer: string }) {
    super(`Cannot ${call.method} "${call.path}": the engine answered "${answer}", expected success`, {
      facts: { status },
      retry: status >= 500 ? 'later' : 'never',
    })
    this.status = status
  }
}

/** The engine took the call and then said nothing. */
export class EngineSilentError extends BaseError {
  override readonly name = 'Engine.SilentError'

  constructor({ call, timeoutMs }: CallFacts & { timeoutMs: number }) {
    super(`Cannot ${call.method} "${call.path}": no answer after ${timeoutMs} ms, expected one sooner`, {
      retry: 'later',
    })
  }
}

/** Nobody listens on the socket. */
export class EngineUnreachableError extends BaseError {
  override readonly name = 'Engine.UnreachableError'

  constructor({ socketPath, cause }: { socketPath: string; cause: unknown }) {
    super(`Cannot reach the container engine: nobody answers on "${socketPath}", expected Docker or Podman`, {
      hint: 'start the engine (`systemctl start docker`), or add your user to the `docker` group',
      retry: 'later',
      cause,
    })
  }
}

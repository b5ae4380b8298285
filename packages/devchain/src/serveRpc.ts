import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { BaseError, type Logger } from '@hotaru/base'
import { answerCall, type Call, isRead, looksAtState } from './answerCall.ts'
import type { Chain } from './Chain.ts'

/**
 * Opens the chain's only door: JSON-RPC over HTTP, for wallets in a browser too.
 *
 * @returns The port, and `close`, which ends open connections as well.
 * @throws PortTakenError when `port` is not 0 and not free.
 */
export async function serveRpc(
  chain: Chain,
  options: serveRpc.Options,
): Promise<{ port: number; close(): Promise<void> }> {
  const { host, port, log } = options
  const server = createServer((request, response) => {
    answer(chain, request, response, options).catch((error: unknown) => {
      log.warn('request failed', { error })
      if (!response.headersSent) reply(response, 500, { error: { code: -32603, message: 'internal error' } })
    })
  })
  await listen(server, host, port)
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

export declare namespace serveRpc {
  type Options = {
    host: string
    /** 0 takes any free one. */
    port: number
    allowTestMethods: boolean
    log: Logger
  }
}

async function answer(
  chain: Chain,
  request: IncomingMessage,
  response: ServerResponse,
  { allowTestMethods }: serveRpc.Options,
): Promise<void> {
  if (request.method === 'OPTIONS') return reply(response, 204, undefined)
  if (request.method !== 'POST') return reply(response, 405, refusal('expected a POST of JSON-RPC'))
  const body = await readBody(request)
  if (!body) return reply(response, 413, refusal(`the request is larger than "${mostBodyBytes}" bytes`))
  const calls = parseCalls(body)
  if (!calls) return reply(response, 400, refusal('the request is no JSON-RPC call, nor a batch of at most 1000'))
  const list = Array.isArray(calls) ? calls : [calls]
  if (list.some(({ method }) => looksAtState(method))) await chain.freshen().catch(() => {})
  if (list.every(({ method }) => isRead(method))) {
    try {
      return reply(response, 200, await chain.read(body))
    } catch {
      // Answered one by one below, so that each call gets the error under its own id.
    }
  }
  const answers = await Promise.all(list.map((call) => answerCall(chain, call, { allowTestMethods })))
  reply(response, 200, Array.isArray(calls) ? answers : answers[0])
}

async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    size += chunk.length
    if (size > mostBodyBytes) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function parseCalls(body: Buffer): Call | Call[] | undefined {
  const isCall = (value: unknown): value is Call =>
    typeof value === 'object' && value !== null && 'method' in value && typeof value.method === 'string'
  try {
    const value: unknown = JSON.parse(body.toString())
    if (isCall(value)) return value
    return Array.isArray(value) && value.length <= mostCalls && value.every(isCall) ? value : undefined
  } catch {
    return undefined
  }
}

/** Protects memory; a contract at its size limit deploys in 50 kB, anvil itself stops at 2 MB. */
const mostBodyBytes = 2 * 2 ** 20
const mostCalls = 1000

const refusal = (message: string) => ({ jsonrpc: '2.0', id: null, error: { code: -32600, message } })

function reply(response: ServerResponse, status: number, body: Buffer | object | undefined): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    // Pages may call: there is nothing to steal from a chain that signs for nobody.
    'access-control-allow-origin': '*',
    'access-control-allow-headers': 'content-type',
    'access-control-allow-methods': 'POST',
  })
  response.end(body === undefined || Buffer.isBuffer(body) ? body : JSON.stringify(body))
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => reject(new PortTakenError({ host, port }, cause)))
    server.listen(port, host, () => resolve())
  })
}

export class PortTakenError extends BaseError {
  override readonly name = 'Devchain.PortTakenError'

  constructor(facts: { host: string; port: number }, cause: unknown) {
    super(`Cannot serve the chain on "${facts.host}:${facts.port}": the address cannot be used, expected a free port`, {
      facts,
      hint: 'leave the port out to take a free one',
      cause,
    })
  }
}

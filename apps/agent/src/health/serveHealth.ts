import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What the owner's tools can ask, on this machine only. */
export type Pages = Readonly<Record<string, () => unknown>>

/** A small HTTP server on the loopback. */
export type HealthServer = { url: string; stop(): Promise<void> }

/**
 * Serves JSON pages to this machine: reading only, on the loopback only, and only to who asks for the loopback by its
 * own name, so that no web page can read it through a name of its own.
 */
export async function serveHealth(pages: Pages): Promise<HealthServer> {
  const server = createServer((request, response) => {
    const page = pages[request.url?.split('?')[0] ?? '/']
    const isLocal = /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(request.headers.host ?? '')
    const status = !isLocal ? 403 : request.method !== 'GET' ? 405 : page ? 200 : 404
    const body = status === 200 && page ? toJson(page()) : '{}\n'
    response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(body)
  })
  server.requestTimeout = 5_000
  server.maxConnections = 32
  await listen(server)
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function listen(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
}

function toJson(value: unknown): string {
  return `${JSON.stringify(value, (_key, inner) => (typeof inner === 'bigint' ? inner.toString() : inner), 2)}\n`
}

import { createHash } from 'node:crypto'
import { createServer } from 'node:http'

/** A registry of its own on loopback, over plain HTTP (engines allow that for 127.0.0.0/8), whose tags can be swapped. */
export type LocalRegistry = {
  /** `127.0.0.1:PORT`. */
  host: string
  /** Blobs and manifests by digest; put other bytes under a digest to be a registry that lies. */
  content: Map<string, Buffer>
  /** What a tag means now, by digest. */
  tags: Map<string, string>
  close(): Promise<void>
}

export async function localRegistry(): Promise<LocalRegistry> {
  const content = new Map<string, Buffer>()
  const tags = new Map<string, string>()
  const server = createServer((request, answer) => {
    const url = request.url ?? ''
    if (url === '/v2/') return void answer.end('{}')
    const [, kind, name = ''] = /^\/v2\/[a-z]+\/(manifests|blobs)\/(.+)$/.exec(url) ?? []
    const digest = tags.get(name) ?? name
    const bytes = content.get(digest)
    if (kind === undefined || bytes === undefined) return void answer.writeHead(404).end('{}')
    const type = kind === 'manifests' ? manifestType : 'application/octet-stream'
    answer.writeHead(200, { 'content-type': type, 'content-length': bytes.length, 'docker-content-digest': digest })
    answer.end(request.method === 'HEAD' ? undefined : bytes)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const close = () => {
    server.closeAllConnections()
    return new Promise<void>((resolve) => server.close(() => resolve()))
  }
  return { host: `127.0.0.1:${port}`, content, tags, close }
}

export const manifestType = 'application/vnd.oci.image.manifest.v1+json'

/** The digest of bytes, as registries and layouts write it. */
export function digestOf(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`
}

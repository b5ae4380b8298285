import { linkProtocol } from '@hotaru/protocol'
import type { Connection, Stream } from '@libp2p/interface'
import { multiaddr } from '@multiformats/multiaddr'
import { generatePrivateKey, privateKeyToAddress } from 'viem/accounts'
import { onTestFinished } from 'vitest'
import { createNode } from './createNode.ts'
import { createLinkHost, dialMachine, type LinkHandler } from './index.ts'
import { createLinkKey } from './parseLinkKey.ts'

/** A host on loopback that ends with the test. */
export async function openHost(handler: LinkHandler, options: Partial<createLinkHost.Options> = {}) {
  const key = generatePrivateKey()
  const host = await createLinkHost({ key, listen: ['/ip4/127.0.0.1/tcp/0'], handler, ...options })
  onTestFinished(host.stop)
  return { host, endpoint: host.addresses()[0] ?? '', machineKey: privateKeyToAddress(key) }
}

/** A renter's connection to it that ends with the test. */
export async function connect(target: { endpoint: string; machineKey: `0x${string}` }) {
  const connection = await dialMachine(target)
  onTestFinished(connection.close)
  return connection
}

/** A connection below the frames, to send what no honest end would send. */
export async function dialRaw(target: { endpoint: string }): Promise<Connection> {
  const privateKey = await createLinkKey()
  const node = await createNode({ privateKey, gater: {}, maxInboundStreams: 0, handshakeTimeoutMs: 5_000 })
  onTestFinished(async () => node.stop())
  return node.dial(multiaddr(target.endpoint))
}

/** Streams on a connection of their own. */
export async function openRawStreams(target: { endpoint: string }, count: number): Promise<Stream[]> {
  const connection = await dialRaw(target)
  const options = { maxOutboundStreams: count }
  return Promise.all(Array.from({ length: count }, () => connection.newStream(linkProtocol, options)))
}

/** Echoes the request. */
export const echo: LinkHandler = (request, exchange) => exchange.sendReply({ type: 'ok', value: request })

/** Resolves when a stream is closed, with the error if it was reset. */
export function closed(stream: Stream): Promise<Error | undefined> {
  return new Promise((resolve) => {
    stream.addEventListener('message', () => {})
    stream.addEventListener('close', (event) => resolve(event.error), { once: true })
  })
}

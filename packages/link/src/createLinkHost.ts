import { BaseError, type Clock, type Logger, silentLogger } from '@hotaru/base'
import { systemClock } from '@hotaru/base/async'
import { linkProtocol } from '@hotaru/protocol'
import type { Connection, Stream } from '@libp2p/interface'
import type { Hex } from 'viem'
import { addressOfPeer } from './addressOfPeer.ts'
import { createNode, type Transports } from './createNode.ts'
import { ClosedError, FrameStream } from './FrameStream.ts'
import { defaultLinkLimits, type LinkLimits } from './linkLimits.ts'
import { PeerLedger } from './PeerLedger.ts'
import { parseLinkKey } from './parseLinkKey.ts'
import { type LinkHandler, serveExchange } from './serveExchange.ts'

/** A machine's open door on the network. */
export type LinkHost = {
  peerId: string
  /** Multiaddrs to put on the ledger, with this peer's id; the loopback's included. */
  addresses(): string[]
  /** Ends every exchange and connection, and waits for the handlers that were running. */
  stop(): Promise<void>
}

/**
 * Opens the door: authenticated, encrypted streams, each one request, validated before `handler` sees it.
 *
 * `key` is the machine key of the ledger, so that a renter can tell this machine from an impostor.
 *
 * @throws `Link.ListenError` when an address cannot be listened on.
 */
export async function createLinkHost(options: createLinkHost.Options): Promise<LinkHost> {
  const { key, listen, announce, transports, handler, log = silentLogger, clock = systemClock } = options
  const limits = { ...defaultLinkLimits, ...options.limits }
  const peers = new PeerLedger(limits)
  const running = new Map<FrameStream, Promise<void>>()
  const node = await createNode({
    privateKey: await parseLinkKey(key),
    gater: peers.gater,
    listen,
    transports,
    maxInboundStreams: limits.exchangesPerConnection,
    handshakeTimeoutMs,
    connections: {
      maxConnections: limits.connections,
      inboundConnectionThreshold: limits.newConnectionsPerHostPerSecond,
      // Above what one host may open, so that silent connections of one host never keep out another.
      maxIncomingPendingConnections: limits.connections,
    },
  }).catch((cause) => {
    throw new ListenError({ listen, cause })
  })

  const serve = (stream: Stream, connection: Connection): void => {
    const peer = connection.remotePeer.toString()
    const charge = (deltaBytes: number) => peers.charge(peer, deltaBytes)
    const frames = new FrameStream(stream, { charge, clock, stallTimeoutMs: limits.stallTimeoutMs })
    const caller = { peer, address: addressOfPeer(peer) }
    const { requestTimeoutMs } = limits
    const work = serveExchange(frames, { handler, caller, log, clock, requestTimeoutMs }).finally(() => {
      running.delete(frames)
      peers.touch(connection, clock.monotonicMs())
    })
    running.set(frames, work)
  }
  await node.handle(linkProtocol, serve, { maxInboundStreams: limits.exchangesPerConnection })
  // Renters come with passing keys: what libp2p remembers of each would pile up for hours.
  node.addEventListener('peer:disconnect', ({ detail }) => {
    node.peerStore.delete(detail).catch((error) => log.debug('peer not forgotten', { error }))
  })
  const stopSweeping = sweepIdle()

  return {
    peerId: node.peerId.toString(),
    addresses: () => announced(node.getMultiaddrs().map(String), announce, node.peerId.toString()),
    async stop() {
      stopSweeping()
      await node.unhandle(linkProtocol)
      const work = [...running.values()]
      for (const frames of running.keys()) frames.abort(new ClosedError({}))
      await node.stop()
      await Promise.all(work)
    },
  }

  function sweepIdle(): () => void {
    let cancel = () => {}
    const sweep = () => {
      const nowMs = clock.monotonicMs()
      for (const connection of node.getConnections()) {
        const busy = connection.streams.some((stream) => stream.protocol === linkProtocol)
        if (busy) peers.touch(connection, nowMs)
        else if (peers.idleMs(connection, nowMs) >= limits.idleTimeoutMs) {
          connection.close().catch((error) => connection.abort(error))
        }
      }
      cancel = clock.after(limits.idleTimeoutMs / 2, sweep)
    }
    cancel = clock.after(limits.idleTimeoutMs / 2, sweep)
    return () => cancel()
  }
}

/** From the TCP connection to the end of the handshake; one that says nothing is dropped then. */
const handshakeTimeoutMs = 10_000

export declare namespace createLinkHost {
  type Options = {
    /** secp256k1 private key: the machine key of the ledger. */
    key: Hex
    /** Multiaddrs, as `/ip4/0.0.0.0/tcp/0`. */
    listen: readonly string[]
    handler: LinkHandler
    /** Addresses that the world sees instead of those listened on, for a machine behind a port forward. */
    announce?: readonly string[] | undefined
    /** @default defaultLinkLimits */
    limits?: Partial<LinkLimits> | undefined
    /** @default TCP */
    transports?: Transports | undefined
    log?: Logger | undefined
    clock?: Clock | undefined
  }
}

function announced(own: string[], announce: readonly string[] | undefined, peerId: string): string[] {
  if (!announce) return own
  return announce.map((address) => (address.includes('/p2p/') ? address : `${address}/p2p/${peerId}`))
}

export class ListenError extends BaseError {
  override readonly name = 'Link.ListenError'

  constructor({ listen, cause }: { listen: readonly string[]; cause: unknown }) {
    super(`Cannot listen on "${listen.join(', ')}": it was refused, expected free addresses of this machine`, {
      hint: 'check that no other agent runs here, or choose another port',
      cause,
    })
  }
}

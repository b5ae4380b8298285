import type { ConnectionGater, PrivateKey, StreamMuxerFactory } from '@libp2p/interface'
import type { Libp2p, Libp2pOptions } from 'libp2p'
import { boundMuxer } from './boundMuxer.ts'

/** How bytes get from peer to peer; TCP where nothing else is said. Relays and hole punching will enter here. */
export type Transports = NonNullable<Libp2pOptions['transports']>

/**
 * A stream may have so many bytes on the way: 2 MiB fills 300 Mbit/s at 50 ms. It also bounds what a stream holds
 * while its reader is slow, so libp2p's own 16 MiB, above its read buffer of 4, would reset such streams.
 */
const windowBytes = 2 * 2 ** 20

/** Beside the exchanges: libp2p pings on streams of its own, and drops a connection that has none to spare for it. */
const spareStreams = 4

/**
 * A libp2p node with TCP, noise and yamux, started.
 *
 * libp2p is imported here and not before, so that a process that never opens a link never pays for it.
 */
export async function createNode(options: createNode.Options): Promise<Libp2p> {
  const [{ createLibp2p }, { noise }, { yamux }] = await Promise.all([
    import('libp2p'),
    import('@chainsafe/libp2p-noise'),
    import('@chainsafe/libp2p-yamux'),
  ])
  const maxInboundStreams = options.maxInboundStreams + spareStreams
  const muxer = yamux({
    maxInboundStreams,
    // A renter may well open all his exchanges in the packet that ends the handshake; libp2p's 10 would cut him off.
    maxEarlyStreams: maxInboundStreams,
    streamOptions: { maxStreamWindowSize: windowBytes, maxReadBufferLength: 2 * windowBytes },
  })
  return createLibp2p({
    privateKey: options.privateKey,
    addresses: { listen: [...(options.listen ?? [])] },
    transports: options.transports ?? [(await import('@libp2p/tcp')).tcp()],
    connectionEncrypters: [noise()],
    streamMuxers: [(): StreamMuxerFactory => boundMuxer(muxer(), windowBytes)],
    connectionGater: options.gater,
    // A busy machine may be slow to answer; only one that is gone stays silent for so long.
    connectionMonitor: { pingTimeout: { minTimeout: 20_000 } },
    connectionManager: {
      dialTimeout: options.handshakeTimeoutMs,
      addressDialTimeout: options.handshakeTimeoutMs,
      inboundUpgradeTimeout: options.handshakeTimeoutMs,
      reconnectRetries: 0,
      ...options.connections,
    },
  })
}

export declare namespace createNode {
  type Options = {
    privateKey: PrivateKey
    gater: ConnectionGater
    listen?: readonly string[] | undefined
    /** Exchanges that the other end may open at once. */
    maxInboundStreams: number
    handshakeTimeoutMs: number
    connections?: Libp2pOptions['connectionManager']
    transports?: Transports | undefined
  }
}

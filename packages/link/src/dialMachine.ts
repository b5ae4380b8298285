import { BaseError } from '@hotaru/base'
import { linkProtocol, type Request } from '@hotaru/protocol'
import type { ConnectionGater, Stream } from '@libp2p/interface'
import type { Libp2p } from 'libp2p'
import { type Address, type Hex, isAddressEqual } from 'viem'
import { addressOfPeer } from './addressOfPeer.ts'
import { createNode, type Transports } from './createNode.ts'
import { type Exchange, openExchange, refusalIn } from './Exchange.ts'
import { ClosedError, FrameStream } from './FrameStream.ts'
import { createLinkKey, parseLinkKey } from './parseLinkKey.ts'

/** An encrypted connection to a machine whose key was checked. */
export type Connection = {
  /** This end's peer id; a lease token has to name it. */
  localPeer: string
  remotePeer: string
  /** Where the machine was reached, as a multiaddr. */
  remoteAddress: string
  /** Aborts when the connection is gone, closed by either end or broken. */
  signal: AbortSignal
  /** Sends a request and gives its exchange; the signal ends it at any time. */
  open(request: Request, options?: { signal?: AbortSignal | undefined }): Promise<Exchange>
  /** Sends a request that is answered by one `ok`, and gives its value. */
  request(request: Request, options?: { signal?: AbortSignal | undefined }): Promise<unknown>
  close(): Promise<void>
}

/**
 * Connects to a machine, and to nobody else: the other end must hold the machine key that the ledger names.
 *
 * @throws `Link.WrongMachineError` when it holds another, `Link.UnreachableError` when there is no end or it stays
 * silent, `Link.InvalidEndpointError` when the endpoint is no multiaddr; the signal's reason when aborted.
 */
export async function dialMachine(options: dialMachine.Options): Promise<Connection> {
  const { endpoint, machineKey, timeoutMs = 10_000, signal } = options
  signal?.throwIfAborted()
  const address = await parseEndpoint(endpoint)
  let found: string | undefined
  const gater: ConnectionGater = {
    denyInboundConnection: () => true,
    denyOutboundEncryptedConnection(peerId) {
      const key = addressOfPeer(peerId.toString())
      const isMachine = key !== undefined && isAddressEqual(key, machineKey)
      if (!isMachine) found = key ?? peerId.toString()
      return !isMachine
    },
  }
  const privateKey = options.key ? await parseLinkKey(options.key) : await createLinkKey()
  const node = await createNode({
    privateKey,
    gater,
    transports: options.transports,
    maxInboundStreams: 0,
    handshakeTimeoutMs: timeoutMs,
  })
  const deadline = AbortSignal.timeout(timeoutMs)
  try {
    const connection = await node.dial(address, { signal: signal ? AbortSignal.any([signal, deadline]) : deadline })
    return toConnection(node, connection, timeoutMs)
  } catch (cause) {
    await node.stop()
    if (signal?.aborted) throw signal.reason
    if (found) throw new WrongMachineError({ endpoint, machineKey, found })
    throw new UnreachableError({ endpoint, reason: reasonOf(cause, deadline.aborted, timeoutMs), cause })
  }
}

export declare namespace dialMachine {
  type Options = {
    /** Where the ledger says the machine is, as a multiaddr; a peer id in it is not trusted. */
    endpoint: string
    /** The machine key, from the ledger. */
    machineKey: Address
    /** This end's secp256k1 private key. @default a passing key */
    key?: Hex | undefined
    /** For reaching the machine and the handshake. @default 10_000 */
    timeoutMs?: number | undefined
    signal?: AbortSignal | undefined
    /** @default TCP */
    transports?: Transports | undefined
  }
}

function toConnection(node: Libp2p, connection: Awaited<ReturnType<Libp2p['dial']>>, timeoutMs: number): Connection {
  const open = async (request: Request, { signal }: { signal?: AbortSignal | undefined } = {}): Promise<Exchange> => {
    signal?.throwIfAborted()
    const stream = await newStream(connection, timeoutMs, signal)
    const frames = new FrameStream(stream, { endsSending: refusalIn })
    const onAbort = () => frames.abort(signal?.reason instanceof Error ? signal.reason : new ClosedError({}))
    if (signal?.aborted) onAbort()
    signal?.addEventListener('abort', onAbort, { once: true })
    stream.addEventListener('close', () => signal?.removeEventListener('abort', onAbort), { once: true })
    // A machine that has answered everything waits for this end to close too.
    frames.ended().then(() => frames.closeSend())
    return openExchange(frames, request)
  }
  const gone = new AbortController()
  connection.addEventListener('close', () => gone.abort(new ClosedError({})), { once: true })
  return {
    signal: gone.signal,
    localPeer: node.peerId.toString(),
    remotePeer: connection.remotePeer.toString(),
    remoteAddress: connection.remoteAddr.toString(),
    open,
    async request(request, options) {
      const exchange = await open(request, options)
      await exchange.closeSend()
      return exchange.readOk().catch((error) => {
        exchange.abort(error)
        throw error
      })
    },
    close: async () => node.stop(),
  }
}

async function newStream(
  connection: Awaited<ReturnType<Libp2p['dial']>>,
  timeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<Stream> {
  const deadline = AbortSignal.timeout(timeoutMs)
  try {
    return await connection.newStream(linkProtocol, {
      signal: signal ? AbortSignal.any([signal, deadline]) : deadline,
      maxOutboundStreams: Number.MAX_SAFE_INTEGER,
    })
  } catch (cause) {
    if (signal?.aborted) throw signal.reason
    throw new ClosedError({ cause })
  }
}

async function parseEndpoint(endpoint: string) {
  const { multiaddr } = await import('@multiformats/multiaddr')
  try {
    // The ledger's key decides who the machine is; a peer id here may be of a key since rotated.
    return multiaddr(endpoint.replace(/\/p2p\/[^/]+$/, ''))
  } catch (cause) {
    throw new InvalidEndpointError({ endpoint, cause })
  }
}

function reasonOf(error: unknown, isLate: boolean, timeoutMs: number): string {
  if (isLate) return `no handshake after ${timeoutMs} ms`
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined
  if (code === 'ECONNREFUSED') return 'nobody listens there'
  return code ?? (error instanceof Error ? error.name : 'unknown')
}

export class InvalidEndpointError extends BaseError {
  override readonly name = 'Link.InvalidEndpointError'

  constructor({ endpoint, cause }: { endpoint: string; cause: unknown }) {
    super(`Cannot reach the machine: its endpoint is "${endpoint}", expected a multiaddr as "/ip4/1.2.3.4/tcp/4001"`, {
      retry: 'elsewhere',
      cause,
    })
  }
}

export class UnreachableError extends BaseError {
  override readonly name = 'Link.UnreachableError'

  constructor({ endpoint, reason, cause }: { endpoint: string; reason: string; cause: unknown }) {
    super(`Cannot reach the machine at "${endpoint}": ${reason}, expected its agent to answer`, {
      hint: 'check the network, or lease another machine: hotaru offer search',
      retry: 'elsewhere',
      cause,
    })
  }
}

export class WrongMachineError extends BaseError {
  override readonly name = 'Link.WrongMachineError'

  constructor({ endpoint, machineKey, found }: { endpoint: string; machineKey: Address; found: string }) {
    super('Cannot trust the machine: another key answered, expected the machine key of the ledger', {
      facts: { endpoint, expected: machineKey, found },
      hint: 'somebody may be in between, or the agent runs with an old key: send nothing, lease another machine',
      retry: 'elsewhere',
      exitCode: 4,
    })
  }
}

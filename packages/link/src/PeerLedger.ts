import { BaseError } from '@hotaru/base'
import type { Connection, ConnectionGater, MultiaddrConnection } from '@libp2p/interface'
import type { LinkLimits } from './linkLimits.ts'

/** Counts what each host and each peer holds of us, and says no above the limits. */
export class PeerLedger {
  readonly #limits: LinkLimits
  readonly #hosts = new Map<string, number>()
  readonly #peers = new Map<string, number>()
  readonly #heldBytes = new Map<string, number>()
  readonly #usedMs = new WeakMap<Connection, number>()

  constructor(limits: LinkLimits) {
    this.#limits = limits
  }

  /** What libp2p asks at each stage of an inbound connection. */
  readonly gater: ConnectionGater = {
    denyInboundConnection: (connection) =>
      !this.#enter(this.#hosts, hostOf(connection), this.#limits.connectionsPerHost, connection),
    denyInboundEncryptedConnection: (peerId, connection) =>
      !this.#enter(this.#peers, peerId.toString(), this.#limits.connectionsPerPeer, connection),
  }

  /** Adds to what is held for a peer. Throws `Link.FloodError` above the limit. */
  charge(peer: string, deltaBytes: number): void {
    const heldBytes = (this.#heldBytes.get(peer) ?? 0) + deltaBytes
    if (heldBytes > 0) this.#heldBytes.set(peer, heldBytes)
    else this.#heldBytes.delete(peer)
    if (deltaBytes > 0 && heldBytes > this.#limits.heldBytesPerPeer) {
      throw new FloodError({ heldBytes, limitBytes: this.#limits.heldBytesPerPeer })
    }
  }

  /** Notes that a connection is in use. */
  touch(connection: Connection, nowMs: number): void {
    this.#usedMs.set(connection, nowMs)
  }

  /** For how long a connection has not been used; counted from the first question, where it never was. */
  idleMs(connection: Connection, nowMs: number): number {
    const usedMs = this.#usedMs.get(connection) ?? nowMs
    this.#usedMs.set(connection, usedMs)
    return nowMs - usedMs
  }

  #enter(counts: Map<string, number>, name: string, limit: number, connection: MultiaddrConnection): boolean {
    const count = (counts.get(name) ?? 0) + 1
    if (count > limit || connection.status !== 'open') return false
    counts.set(name, count)
    connection.addEventListener('close', () => leave(counts, name), { once: true })
    return true
  }
}

function leave(counts: Map<string, number>, name: string): void {
  const count = (counts.get(name) ?? 0) - 1
  if (count > 0) counts.set(name, count)
  else counts.delete(name)
}

/** The address without the port; an IPv6 /64 counts as one host, as one customer gets at least that much. */
function hostOf(connection: MultiaddrConnection): string {
  const [first] = connection.remoteAddr.getComponents()
  const value = first?.value ?? ''
  return first?.name === 'ip6' ? value.split(':').slice(0, 4).join(':') : value
}

export class FloodError extends BaseError {
  override readonly name = 'Link.FloodError'

  constructor({ heldBytes, limitBytes }: { heldBytes: number; limitBytes: number }) {
    super(`Cannot take more from the peer: ${heldBytes} unread bytes, expected at most ${limitBytes}`, {
      retry: 'later',
    })
  }
}

/** Bounds of a link host; each says what it protects. */
export type LinkLimits = {
  /** Connections in all. Protects file descriptors and memory (about 100 kB each). */
  connections: number
  /** Connections from one IP address, those that have not said who they are included. One host cannot take all. */
  connectionsPerHost: number
  /** New connections from one IP address a second: a handshake costs milliseconds of CPU before anyone is known. */
  newConnectionsPerHostPerSecond: number
  /** Connections of one peer. */
  connectionsPerPeer: number
  /** Exchanges at once on one connection. */
  exchangesPerConnection: number
  /** Bytes of unread frames that one peer may make this end hold, over all its exchanges. */
  heldBytesPerPeer: number
  /** From a stream's opening to its whole request; a manifest of 4 MiB at 2 Mbit/s takes 17 s. */
  requestTimeoutMs: number
  /** A connection without any exchange for so long is closed. */
  idleTimeoutMs: number
  /** A send that the peer takes nothing of for so long ends the exchange; a paused terminal may well be slow. */
  stallTimeoutMs: number
}

/** Enough for a busy machine of eight GPUs, and below 150 MB of memory at the worst moment of one peer. */
export const defaultLinkLimits: LinkLimits = {
  connections: 256,
  connectionsPerHost: 64,
  newConnectionsPerHostPerSecond: 50,
  connectionsPerPeer: 8,
  exchangesPerConnection: 32,
  heldBytesPerPeer: 32 * 2 ** 20,
  requestTimeoutMs: 20_000,
  idleTimeoutMs: 10 * 60_000,
  stallTimeoutMs: 5 * 60_000,
}

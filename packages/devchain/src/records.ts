/** The first record of a journal: which snapshot it goes on from. Without it the generation does not count. */
export type Head = {
  kind: 'head'
  chainId: number
  /** Unix seconds of block 0. */
  genesisTime: number
  /** SHA-256 of the snapshot (generation 0: of the genesis file), hex. */
  snapshotSha256: string
  /** The last block of the snapshot. */
  number: number
  hash: string
  /** Unix seconds of that block. */
  time: number
  /** How far tests moved the chain's clock ahead of wall time. */
  aheadSeconds: number
  /** Raw transactions that were acknowledged but wait for an earlier nonce or a lower fee; snapshots lack them. */
  waiting: readonly string[]
}

/** One block: what was sent before it, in order, and its time. Enough for anvil to make the same block again. */
export type Block = {
  kind: 'block'
  number: number
  parent: string
  time: number
  transactions: readonly string[]
}

/** A change made by a test-only call, replayed word for word. */
type Change = { kind: 'change'; method: string; params: readonly unknown[] }

/** Tests moved the clock: how far it is ahead of wall time from here on. */
type Ahead = { kind: 'ahead'; seconds: number }

export type ChainRecord = Head | Block | Change | Ahead

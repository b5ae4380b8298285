import type { Hex } from './hex.ts'
import type { Opening } from './product.ts'
import type { WalkSize } from './walk/walkSize.ts'

/**
 * What does the work of a challenge: the processor, or one GPU. All give the same bytes (docs/proof.md); they differ in
 * how long they take. One stands for one slot.
 *
 * `runBackendCompliance` of `@hotaru/proof/compliance` holds each of them to that.
 */
export type Backend = {
  /** How it is called in tables: `reference`, `wasm`, `webgpu`, `cuda`. */
  readonly name: string
  /** What a class that it earns says. */
  readonly kind: 'cpu' | 'gpu'
  /** The Merkle root of the product of the round that begins in `state`. */
  productRoot(state: Hex, n: number): Promise<Hex>
  /** Makes that product again and opens leaves of it, in the order asked; `leaves` are below n² / 256. */
  openProduct(state: Hex, n: number, leaves: readonly number[]): Promise<Opening[]>
  /** Fills memory for walks. @throws when there is not so much. */
  fill(key: Hex, size: Pick<WalkSize, 'cells' | 'hashes'>): Promise<Memory>
  /** Ends it and gives back what it holds. */
  close(): Promise<void>
}

/** Memory that was filled, and stays so until it is freed. */
export type Memory = {
  /** Walks through it. */
  walk(nonce: Hex, size: Pick<WalkSize, 'lanes' | 'segments'>): Promise<Walk>
  free(): Promise<void>
}

/** A finished walk: it keeps the checkpoints of all lanes. */
export type Walk = { root: Hex; openLanes(lanes: readonly number[]): Promise<Opening[]> }

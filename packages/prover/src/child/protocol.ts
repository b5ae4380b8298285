import type { Backend, Hex, Opening } from '@hotaru/proof'

/**
 * What a back end in a process of its own is asked, one JSON object a line on its standard input, each with an `id`. It
 * answers in the same order, one a line on its standard output: `{ id, ok }`, or `{ id, error }` with a sentence. Nothing
 * else goes there. Its input's end is its own.
 *
 * Bytes are lower-case hex behind 0x. Memory and walks are numbers that the child chose; a walk lives as long as its memory.
 */
export type Asked =
  | { verb: 'describe' }
  | { verb: 'productRoot'; state: Hex; n: number }
  | { verb: 'openProduct'; state: Hex; n: number; leaves: readonly number[] }
  | { verb: 'fill'; key: Hex; cells: number; hashes: number }
  | { verb: 'walk'; memory: number; nonce: Hex; lanes: number; segments: number }
  | { verb: 'openLanes'; walk: number; lanes: readonly number[] }
  | { verb: 'free'; memory: number }

/** What `ok` is for each of them. */
export type Answers = {
  describe: Described
  productRoot: Hex
  openProduct: Opening[]
  fill: number
  walk: { walk: number; root: Hex }
  openLanes: Opening[]
  free: null
}

/** What a child runs on. */
export type Described = { device: string; kind: Backend['kind'] }

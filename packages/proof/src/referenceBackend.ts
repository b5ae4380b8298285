import type { Backend, Memory } from './Backend.ts'
import { type Hex, toBytes, toHex } from './hex.ts'
import { multiply } from './matrix.ts'
import { openLeaves, productRoot } from './product.ts'
import { makeCell } from './walk/lane.ts'
import { walkLanes } from './walk/walkLanes.ts'
import { cellBytes, checkWalkSize, type WalkSize } from './walk/walkSize.ts'

/** The specification as a program: plain TypeScript, exact and slow. What others are compared with. */
export function createReferenceBackend(): Backend {
  return {
    name: 'reference',
    kind: 'cpu',
    productRoot: async (state, n) => toHex(productRoot(multiply(toBytes(state), n))),
    openProduct: async (state, n, leaves) => openLeaves(multiply(toBytes(state), n), leaves),
    fill: async (key, size) => fill(key, size),
    close: async () => {},
  }
}

function fill(key: Hex, { cells, hashes }: Pick<WalkSize, 'cells' | 'hashes'>): Memory {
  checkWalkSize({ cells, hashes, lanes: 1, segments: 1 })
  let memory: Uint8Array | undefined = new Uint8Array(cells * cellBytes)
  for (let index = 0; index < cells; index++) memory.set(makeCell(key, index, hashes), index * cellBytes)
  const cellAt = (index: number) => (memory as Uint8Array).subarray(index * cellBytes, (index + 1) * cellBytes)
  return {
    walk: async (nonce, { lanes, segments }) => {
      checkWalkSize({ cells, hashes, lanes, segments })
      return walkLanes({ key, nonce }, { cells, lanes, segments }, cellAt)
    },
    free: async () => {
      memory = undefined
    },
  }
}

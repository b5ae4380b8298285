import type { Backend, Memory, Walk } from './Backend.ts'
import { type Hex, toBytes, toHex } from './hex.ts'
import { multiply } from './matrix.ts'
import { hashLeaf, merklePath, merkleRoot } from './merkle.ts'
import { openLeaves, productRoot } from './product.ts'
import { makeCell, startLane, walkSegment } from './walk/lane.ts'
import { toLeaf } from './walk/laneLeaf.ts'
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
      return walk({ key, nonce }, { cells, lanes, segments }, cellAt)
    },
    free: async () => {
      memory = undefined
    },
  }
}

function walk(
  names: { key: Hex; nonce: Hex },
  { cells, lanes, segments }: Omit<WalkSize, 'hashes'>,
  cellAt: (index: number) => Uint8Array,
): Walk {
  const leaves = Array.from({ length: lanes }, (_, lane) => {
    const checkpoints = [startLane(names, lane)]
    for (let at = 0; at < segments; at++)
      checkpoints.push(walkSegment(checkpoints[at] ?? { a: 0, b: 0 }, cells, cellAt))
    return toLeaf(checkpoints)
  })
  const hashes = leaves.map(hashLeaf)
  return {
    root: toHex(merkleRoot(hashes)),
    openLanes: async (asked) =>
      asked.map((lane) => ({
        leaf: toHex(leaves[lane] ?? new Uint8Array()),
        leafPath: merklePath(hashes, lane).map(toHex),
      })),
  }
}

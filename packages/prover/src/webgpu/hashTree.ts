import type { Hex, Opening } from '@hotaru/proof'
import { toHex } from './hex.ts'
import { type Gpu, groupThreads, type Kernel } from './openGpu.ts'

/** A Merkle tree on a GPU: the nodes of each level in a buffer, from the hashed leaves to the root. */
export type Tree = readonly GPUBuffer[]

/** Bytes of a node. */
export const nodeBytes = 32

/** Room for a tree over a power of two of leaves. */
export async function makeTree(gpu: Gpu, leafCount: number): Promise<Tree> {
  const levels: GPUBuffer[] = []
  for (let nodes = leafCount; nodes >= 1; nodes /= 2)
    levels.push(await gpu.makeBuffer('the Merkle tree', nodes * nodeBytes))
  return levels
}

/** Hashes leaves of `words` words that lie one after the other, into the tree from leaf `to` on. */
export async function hashLeaves(
  gpu: Gpu,
  hash: Kernel,
  leaves: GPUBuffer,
  tree: Tree,
  { to, count, words }: { to: number; count: number; words: number },
): Promise<void> {
  await hashAll(gpu, hash, [leaves, tree[0] as GPUBuffer], { to, count, words, prefix: 0 })
}

/** Hashes all pairs, level by level, and reads the root. */
export async function raise(gpu: Gpu, hash: Kernel, tree: Tree): Promise<Hex> {
  for (let level = 1; level < tree.length; level++) {
    const buffers = [tree[level - 1], tree[level]] as GPUBuffer[]
    await hashAll(gpu, hash, buffers, { to: 0, count: 2 ** (tree.length - 1 - level), words: 16, prefix: 1 })
  }
  const [root] = await gpu.read([{ buffer: tree.at(-1) as GPUBuffer, at: 0, sizeBytes: nodeBytes }])
  return toHex(root as Uint8Array)
}

/** The openings of leaves that were read already: reads the siblings that lead from each to the root. */
export async function openTree(
  gpu: Gpu,
  tree: Tree,
  leaves: readonly { index: number; bytes: Uint8Array }[],
): Promise<Opening[]> {
  const levels = tree.slice(0, -1)
  const parts = leaves.flatMap(({ index }) =>
    levels.map((buffer, level) => ({ buffer, at: ((index >> level) ^ 1) * nodeBytes, sizeBytes: nodeBytes })),
  )
  const nodes = (await gpu.read(parts)).map(toHex)
  return leaves.map(({ bytes }, at) => ({
    leaf: toHex(bytes),
    leafPath: nodes.slice(at * levels.length, (at + 1) * levels.length),
  }))
}

async function hashAll(
  gpu: Gpu,
  kernel: Kernel,
  buffers: readonly GPUBuffer[],
  { to, count, words, prefix }: { to: number; count: number; words: number; prefix: 0 | 1 },
): Promise<void> {
  for (let first = 0; first < count; first += mostHashes) {
    const some = Math.min(mostHashes, count - first)
    const groups = { x: Math.ceil(some / groupThreads) }
    await gpu.run(kernel, [first, to + first, some, words, prefix], buffers, groups)
  }
}

/** Messages hashed in one dispatch: milliseconds on a small GPU, and fewer workgroups than the 65 535 all allow. */
const mostHashes = 2 ** 18

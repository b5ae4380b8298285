import type { Kernel } from './Kernel.ts'

/** A Merkle tree in memory: its hashed leaves, a power of two, and behind each level the next. */
export type Tree = { at: number; leaves: number }

/** Bytes that a tree takes. */
export function treeBytes(leaves: number): number {
  return 64 * leaves
}

/** Hashes all levels above the leaves. */
export function raiseTree(kernel: Kernel, { at, leaves }: Tree, scratch: number): void {
  let level = at
  for (let nodes = leaves; nodes > 1; nodes /= 2) {
    kernel.hashAll(1, level, 64, nodes / 2, level + 32 * nodes, scratch)
    level += 32 * nodes
  }
}

/** The root: a copy, as all that is read. */
export function readRoot(memory: ArrayBufferLike, { at, leaves }: Tree): Uint8Array {
  return readNode(memory, at, 2 * leaves - 2)
}

/** The siblings that lead from leaf `index` to the root, upwards. */
export function readPath(memory: ArrayBufferLike, { at, leaves }: Tree, index: number): Uint8Array[] {
  const path: Uint8Array[] = []
  let first = 0
  for (let [nodes, node] = [leaves, index]; nodes > 1; nodes /= 2, node >>= 1) {
    path.push(readNode(memory, at, first + (node ^ 1)))
    first += nodes
  }
  return path
}

function readNode(memory: ArrayBufferLike, at: number, node: number): Uint8Array {
  return new Uint8Array(memory, at + 32 * node, 32).slice()
}

import { align, freeAt, scratchBytes } from './places.ts'
import { treeBytes } from './tree.ts'

/** Where a product's parts lie. */
export type ProductLayout = ReturnType<typeof layOutProduct>

/**
 * A product is made strip by strip, so that it never has to be held: n² bytes for all of B, and for each thread one strip
 * of A, of the product, and of the tree over its leaves, 336 · n bytes. 1.2 GiB with n = 32 768 and 16 threads.
 */
export function layOutProduct(n: number, threads: number) {
  const rows = Math.min(stripRows, n)
  const [strips, stripLeaves] = [n / rows, (rows * n) / 256]
  const rightAt = align(freeAt + treeBytes(strips))
  const threadsAt = align(rightAt + n * n)
  const threadBytes = align(scratchBytes + 5 * rows * n + treeBytes(stripLeaves))
  return {
    rows,
    strips,
    stripLeaves,
    rootsTree: { at: freeAt, leaves: strips },
    rightAt,
    bytes: threadsAt + threads * threadBytes,
    /** What one thread works in. */
    placesOf: (thread: number) => {
      const scratch = threadsAt + thread * threadBytes
      const leftAt = scratch + scratchBytes
      const productAt = leftAt + rows * n
      return { scratch, leftAt, productAt, tree: { at: productAt + 4 * rows * n, leaves: stripLeaves } }
    },
  }
}

/** So many rows of A meet each column of B that is fetched. */
const stripRows = 64

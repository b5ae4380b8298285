import { layOutProduct, type ProductLayout } from './layOutProduct.ts'
import { namesAt } from './places.ts'
import { arrive, awaitTeam, takePieces } from './shareOut.ts'
import { raiseTree, readPath, readRoot } from './tree.ts'
import type { Seat, Work } from './Work.ts'

/** A product to be made, and those of its leaves that are to be kept. */
export type ProductJob = { kind: 'product'; n: number; kept: readonly number[] }

/** What is left of a product. */
export type Product = { root: Uint8Array; leaves: KeptLeaf[] }

/** A leaf of a product with its path to the root: of its strip first, then of the product. */
type KeptLeaf = { index: number; leaf: Uint8Array; path: Uint8Array[] }

/**
 * A thread's share is some rows of B; when the team has all of them, some strips, each from its rows of A to the root
 * over its leaves. The tree over the strips is left for the end.
 */
export const productWork: Work<ProductJob, KeptLeaf[], Product> = {
  share(seat, { n, kept }) {
    const layout = layOutProduct(n, seat.threads)
    const { scratch } = layout.placesOf(seat.thread)
    for (const band of takePieces(seat, rightBands, n / bandRows))
      seat.kernel.makeRows(namesAt, 1, band * bandRows, (band + 1) * bandRows, n, layout.rightAt, scratch)
    arrive(seat, rightDone)
    awaitTeam(seat, rightDone)
    const leaves: KeptLeaf[] = []
    for (const strip of takePieces(seat, strips, layout.strips)) {
      makeStrip(seat, n, layout, strip)
      leaves.push(...keepLeaves(seat, layout, strip, kept))
    }
    return leaves
  },

  finish({ kernel, memory, thread, threads }, { n }, shares) {
    const { rootsTree, stripLeaves, placesOf } = layOutProduct(n, threads)
    raiseTree(kernel, rootsTree, placesOf(thread).scratch)
    const leaves = shares.flat().map(({ index, leaf, path }) => {
      const above = readPath(memory, rootsTree, Math.floor(index / stripLeaves))
      return { index, leaf, path: [...path, ...above] }
    })
    return { root: readRoot(memory, rootsTree), leaves }
  },
}

/** What the counters count. */
const [rightBands, rightDone, strips] = [0, 1, 2]

/** Rows of B that a thread makes at a time. */
const bandRows = 16

function makeStrip({ kernel, memory, thread }: Seat, n: number, layout: ProductLayout, strip: number): void {
  const { rows, rightAt, rootsTree } = layout
  const { scratch, leftAt, productAt, tree } = layout.placesOf(thread)
  const from = strip * rows
  kernel.makeRows(namesAt, 0, from, from + rows, n, leftAt - from * n, scratch)
  kernel.multiply(leftAt, rightAt, rows, n, productAt)
  kernel.hashAll(0, productAt, 1024, tree.leaves, tree.at, scratch)
  raiseTree(kernel, tree, scratch)
  new Uint8Array(memory, rootsTree.at + 32 * strip, 32).set(readRoot(memory, tree))
}

function keepLeaves({ memory, thread }: Seat, layout: ProductLayout, strip: number, kept: readonly number[]) {
  const { productAt, tree } = layout.placesOf(thread)
  return kept
    .filter((index) => Math.floor(index / tree.leaves) === strip)
    .map((index) => {
      const place = index % tree.leaves
      const leaf = new Uint8Array(memory, productAt + 1024 * place, 1024).slice()
      return { index, leaf, path: readPath(memory, tree, place) }
    })
}

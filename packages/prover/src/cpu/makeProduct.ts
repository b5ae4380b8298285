import { layOutProduct, type ProductLayout } from './layOutProduct.ts'
import { namesAt } from './places.ts'
import { isLast, meet, type Seat, takePieces } from './Seat.ts'
import { raiseTree, readPath, readRoot } from './tree.ts'

/** A product to be made, and those of its leaves that are to be kept. */
export type ProductJob = { kind: 'product'; n: number; kept: readonly number[] }

/** A leaf of a product with its path to the root of its strip. */
export type KeptLeaf = { index: number; leaf: Uint8Array; path: Uint8Array[] }

/**
 * One thread's share of a product: some rows of B; when the team has all of them, some strips, each from its rows of A
 * to the root over its leaves. Whoever ends last raises the tree over the strips.
 */
export function makeProduct(seat: Seat, { n, kept }: ProductJob): KeptLeaf[] {
  const { kernel, thread, threads } = seat
  const layout = layOutProduct(n, threads)
  const { scratch } = layout.placesOf(thread)
  for (const band of takePieces(seat, rightBands, n / bandRows))
    kernel.makeRows(namesAt, 1, band * bandRows, (band + 1) * bandRows, n, layout.rightAt, scratch)
  meet(seat, rightDone)
  const leaves: KeptLeaf[] = []
  for (const strip of takePieces(seat, strips, layout.strips)) {
    makeStrip(seat, n, layout, strip)
    leaves.push(...keepLeaves(seat, layout, strip, kept))
  }
  if (isLast(seat, stripsDone)) raiseTree(kernel, layout.rootsTree, scratch)
  return leaves
}

/** What the counters count. */
const [rightBands, rightDone, strips, stripsDone] = [0, 1, 2, 3]

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

import type { Hex, Opening } from '@hotaru/proof'
import { hashLeaves, makeTree, openTree, raise, type Tree } from './hashTree.ts'
import { toWords } from './hex.ts'
import { productTile } from './kernels/productWgsl.ts'
import type { Kernels } from './makeKernels.ts'
import { type Gpu, groupThreads, type Part } from './openGpu.ts'

/** Where products of one size are made; kept between rounds. */
export type Room = {
  n: number
  /** Rows of the product that lie on the GPU at a time. */
  bandRows: number
  left: GPUBuffer
  /** The columns of B, `rightRows` of them in each. */
  right: readonly GPUBuffer[]
  rightRows: number
  product: GPUBuffer
  tree: Tree
}

const leafBytes = 1024

/** Makes the product of a round, band by band, and gives its root and the openings of `leaves`. */
export async function multiply(
  gpu: Gpu,
  kernels: Kernels,
  room: Room,
  { state, leaves }: { state: Hex; leaves: readonly number[] },
): Promise<{ root: Hex; openings: Opening[] }> {
  const { n, bandRows, left, right, rightRows, product, tree } = room
  for (const [at, buffer] of right.entries())
    await makeRows(gpu, kernels, buffer, { state, side: 1, firstRow: at * rightRows, rows: rightRows, n })
  const bandLeaves = (bandRows * n * 4) / leafBytes
  const opened = new Map<number, Uint8Array>()
  for (let row = 0; row < n; row += bandRows) {
    await makeRows(gpu, kernels, left, { state, side: 0, firstRow: row, rows: bandRows, n })
    for (const [at, buffer] of right.entries())
      await multiplyBand(gpu, kernels, room, { buffer, column: at * rightRows })
    const firstLeaf = (row * n * 4) / leafBytes
    await hashLeaves(gpu, kernels.hash, product, tree, { to: firstLeaf, count: bandLeaves, words: leafBytes / 4 })
    const here = leaves.filter((leaf) => leaf >= firstLeaf && leaf < firstLeaf + bandLeaves)
    const parts = here.map(
      (leaf): Part => ({ buffer: product, at: (leaf - firstLeaf) * leafBytes, sizeBytes: leafBytes }),
    )
    const read = await gpu.read(parts)
    here.forEach((leaf, i) => {
      opened.set(leaf, read[i] as Uint8Array)
    })
  }
  const root = await raise(gpu, kernels.hash, tree)
  const asked = leaves.map((index) => ({ index, bytes: opened.get(index) as Uint8Array }))
  return { root, openings: await openTree(gpu, tree, asked) }
}

/** @throws `WebGpu.NoRoomError` */
export async function makeRoom(gpu: Gpu, n: number): Promise<Room> {
  const most = Math.min(gpu.largestBufferBytes, bandBytes)
  const bandRows = Math.min(n, powerOfTwoBelow(most / (4 * n)))
  const rightRows = Math.min(n, powerOfTwoBelow(gpu.largestBufferBytes / n))
  const right: GPUBuffer[] = []
  for (let at = 0; at < n / rightRows; at++) right.push(await gpu.makeBuffer('the columns of B', rightRows * n))
  return {
    n,
    bandRows,
    left: await gpu.makeBuffer('rows of A', bandRows * n),
    right,
    rightRows,
    product: await gpu.makeBuffer('rows of the product', bandRows * n * 4),
    tree: await makeTree(gpu, (n * n * 4) / leafBytes),
  }
}

export function freeRoom({ left, right, product, tree }: Room): void {
  for (const buffer of [left, ...right, product, ...tree]) buffer.destroy()
}

/** A band of the product: enough rows to keep a GPU busy, and little beside its memory. */
const bandBytes = 2 ** 26

/** Hashes in one dispatch, and multiply-adds in one: tens of milliseconds on a small GPU. */
const mostHashes = 2 ** 20
const mostMultiplyAdds = 2 ** 35

type RowsOf = { state: Hex; side: 0 | 1; firstRow: number; rows: number; n: number }

async function makeRows(gpu: Gpu, kernels: Kernels, buffer: GPUBuffer, asked: RowsOf): Promise<void> {
  const { state, side, firstRow, rows, n } = asked
  const hashes = rows * Math.max(1, n / 32)
  for (let first = 0; first < hashes; first += mostHashes) {
    const count = Math.min(mostHashes, hashes - first)
    const params = [...toWords(state), side, firstRow, first, count, n]
    await gpu.run(kernels.rows, params, [buffer], { x: Math.ceil(count / groupThreads) })
  }
}

async function multiplyBand(
  gpu: Gpu,
  kernels: Kernels,
  { n, bandRows, rightRows, left, product }: Room,
  { buffer, column }: { buffer: GPUBuffer; column: number },
): Promise<void> {
  const most = Math.max(productTile, powerOfTwoBelow(mostMultiplyAdds / (bandRows * n)))
  const columns = Math.min(rightRows, most)
  for (let first = 0; first < rightRows; first += columns) {
    const groups = { x: Math.ceil(columns / productTile), y: Math.ceil(bandRows / productTile) }
    await gpu.run(kernels.product, [n, bandRows, columns, first, column + first], [left, buffer, product], groups)
  }
}

function powerOfTwoBelow(value: number): number {
  return 2 ** Math.floor(Math.log2(value))
}

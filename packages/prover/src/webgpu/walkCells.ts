import type { Hex, Walk, WalkSize } from '@hotaru/proof'
import type { Cells } from './fillCells.ts'
import { hashLeaves, makeTree, openTree, raise, type Tree } from './hashTree.ts'
import { toWords } from './hex.ts'
import type { Kernels } from './makeKernels.ts'
import { type Gpu, groupThreads } from './openGpu.ts'

/** A walk whose checkpoints lie on the GPU until it is freed. */
export type GpuWalk = Walk & { free(): void }

/** Walks through filled cells, a segment of all lanes at a time. */
export async function walkCells(
  gpu: Gpu,
  kernels: Kernels,
  { key, nonce, cells }: { key: Hex; nonce: Hex; cells: Cells },
  { lanes, segments }: Pick<WalkSize, 'lanes' | 'segments'>,
): Promise<GpuWalk> {
  const stride = segments + 1
  const checkpoints = await gpu.makeBuffer('the checkpoints of a walk', 8 * stride * lanes)
  const tree = await makeTree(gpu, lanes)
  const groups = { x: Math.ceil(lanes / groupThreads) }
  await gpu.run(kernels.start, [...toWords(key), ...toWords(nonce), lanes, stride], [checkpoints], groups)
  const kernel = await kernels.walk(cells.buffers.length)
  const buffers = [checkpoints, ...cells.buffers]
  for (let segment = 0; segment < segments; segment++)
    await gpu.run(kernel, [lanes, stride, segment, cells.mask, cells.shift], buffers, groups)
  await hashLeaves(gpu, kernels.hash, checkpoints, tree, { to: 0, count: lanes, words: 2 * stride })
  return {
    root: await raise(gpu, kernels.hash, tree),
    openLanes: (asked) => openLanes(gpu, { checkpoints, tree, leafBytes: 8 * stride }, asked),
    free: () => {
      for (const buffer of [checkpoints, ...tree]) buffer.destroy()
    },
  }
}

async function openLanes(
  gpu: Gpu,
  { checkpoints, tree, leafBytes }: { checkpoints: GPUBuffer; tree: Tree; leafBytes: number },
  lanes: readonly number[],
) {
  const parts = lanes.map((lane) => ({ buffer: checkpoints, at: lane * leafBytes, sizeBytes: leafBytes }))
  const leaves = await gpu.read(parts)
  const asked = lanes.map((index, at) => ({ index, bytes: leaves[at] as Uint8Array }))
  return openTree(gpu, tree, asked)
}

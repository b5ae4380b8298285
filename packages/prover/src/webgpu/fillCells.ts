import { BaseError } from '@hotaru/base'
import type { Hex, WalkSize } from '@hotaru/proof'
import { toWords } from './hex.ts'
import type { Kernels } from './makeKernels.ts'
import { type Gpu, groupThreads } from './openGpu.ts'

/** Cells on a GPU, cut by the high bits of their index into buffers of 2 to the power of `shift` each. */
export type Cells = { buffers: readonly GPUBuffer[]; shift: number; mask: number }

const cellBytes = 32

/**
 * Fills memory. Cells that are more than one buffer may hold lie in several, up to as many as one kernel may bind beside
 * the checkpoints.
 *
 * @throws `WebGpu.NoRoomError`, `WebGpu.TooManyCellsError`
 */
export async function fillCells(
  gpu: Gpu,
  { fill }: Kernels,
  key: Hex,
  { cells, hashes }: Pick<WalkSize, 'cells' | 'hashes'>,
): Promise<Cells> {
  const shift = Math.min(Math.log2(cells), Math.floor(Math.log2(gpu.largestBufferBytes / cellBytes)))
  const count = cells / 2 ** shift
  const mostBuffers = gpu.device.limits.maxStorageBuffersPerShaderStage - 1
  const most = 2 ** shift * 2 ** Math.floor(Math.log2(mostBuffers))
  if (cells > most) throw new TooManyCellsError({ cells, most })
  const buffers: GPUBuffer[] = []
  while (buffers.length < count) buffers.push(await gpu.makeBuffer('the cells of a walk', 2 ** shift * cellBytes))
  const words = toWords(key)
  for (const [at, buffer] of buffers.entries()) {
    for (let first = 0; first < 2 ** shift; first += mostCells) {
      const some = Math.min(mostCells, 2 ** shift - first)
      for (let depth = 0; depth < hashes; depth += mostDepth) {
        const params = [at * 2 ** shift, first, some, Math.min(mostDepth, hashes - depth), depth === 0 ? 1 : 0]
        await gpu.run(fill, [...words, ...params], [buffer], { x: Math.ceil(some / groupThreads) })
      }
    }
  }
  return { buffers, shift, mask: cells - 1 }
}

/** Cells in one dispatch, and hashes of each: enough threads for a large GPU, milliseconds to a second on a small one. */
const mostCells = 2 ** 18
const mostDepth = 16

export class TooManyCellsError extends BaseError {
  override readonly name = 'WebGpu.TooManyCellsError'

  constructor({ cells, most }: { cells: number; most: number }) {
    super(`Cannot fill memory: the walk has ${cells} cells, expected at most ${most} on this device`, {
      facts: { cells, most },
      hint: 'its maxStorageBufferBindingSize and maxStorageBuffersPerShaderStage set it: a native back end has no such limit',
    })
  }
}

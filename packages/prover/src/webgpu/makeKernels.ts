import { fillWgsl } from './kernels/fillWgsl.ts'
import { hashWgsl } from './kernels/hashWgsl.ts'
import { productWgsl } from './kernels/productWgsl.ts'
import { rowsWgsl } from './kernels/rowsWgsl.ts'
import { startWgsl } from './kernels/startWgsl.ts'
import { walkWgsl } from './kernels/walkWgsl.ts'
import type { Gpu, Kernel } from './openGpu.ts'

/** The kernels of the proof, compiled. */
export type Kernels = Record<'rows' | 'product' | 'hash' | 'fill' | 'start', Kernel> & {
  /** The walk through cells that lie in so many buffers. */
  walk(buffers: number): Promise<Kernel>
}

/** Compiles the kernels. The walk is compiled for each number of buffers when it is first asked for. */
export async function makeKernels(gpu: Gpu, { dot }: { dot: boolean }): Promise<Kernels> {
  const walks = new Map<number, Promise<Kernel>>()
  return {
    rows: await gpu.makeKernel(rowsWgsl),
    product: await gpu.makeKernel(productWgsl({ dot })),
    hash: await gpu.makeKernel(hashWgsl),
    fill: await gpu.makeKernel(fillWgsl),
    start: await gpu.makeKernel(startWgsl),
    walk: (buffers) => {
      const kernel = walks.get(buffers) ?? gpu.makeKernel(walkWgsl({ buffers }))
      walks.set(buffers, kernel)
      return kernel
    },
  }
}

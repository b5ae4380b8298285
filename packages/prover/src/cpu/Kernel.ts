import { BaseError } from '@hotaru/base'
import { kernelBytes } from './kernelBytes.ts'
import { type Module, type SharedMemory, webAssembly } from './webAssembly.ts'

/** What the kernel can do, over one memory: `assembly/index.ts`. All numbers are addresses, counts, or indices. */
export type Kernel = {
  makeRows(roundState: number, side: 0 | 1, from: number, to: number, n: number, out: number, scratch: number): void
  multiply(a: number, b: number, rows: number, n: number, out: number): void
  hashAll(prefix: 0 | 1, from: number, bytes: number, count: number, out: number, scratch: number): void
  fillCells(key: number, first: bigint, count: number, hashes: number, out: number, scratch: number): void
  walkLanes(
    names: number,
    from: number,
    to: number,
    segments: number,
    cells: number,
    cellCount: number,
    leaves: number,
    scratch: number,
  ): void
}

/** @throws `Prover.UnsupportedError` where this Node has no relaxed SIMD. */
export function compileKernel(): Module {
  const bytes = Buffer.from(kernelBytes, 'base64')
  if (!webAssembly.validate(bytes)) throw new UnsupportedError()
  return new webAssembly.Module(bytes)
}

/** The kernel over a memory, in the thread that asks. */
export function openKernel(module: Module, memory: SharedMemory): Kernel {
  return new webAssembly.Instance(module, { env: { memory } }).exports as Kernel
}

export class UnsupportedError extends BaseError {
  override readonly name = 'Prover.UnsupportedError'

  constructor() {
    super(`Cannot start the CPU back end: Node ${process.versions.node} refuses its kernel, expected relaxed SIMD`, {
      hint: 'Node 24 has it; createReferenceBackend of @hotaru/proof needs none, and is slow',
    })
  }
}

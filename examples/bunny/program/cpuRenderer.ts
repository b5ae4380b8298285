import type { Bvh } from './bvh.ts'
import type { Exposure } from './pathTracer.ts'
import type { Lane, Renderer } from './renderer.ts'

/** More threads than this would not fit in the gibibyte that the lease grants: each holds its own scene. */
const mostThreads = 12

/** Starts one thread for each processor, each with its own path tracer. */
export function createCpuRenderer(bvh: Bvh, exposure: Exposure): Renderer {
  const count = Math.min(mostThreads, navigator.hardwareConcurrency)
  const workers = Array.from(
    { length: count },
    () => new Worker(new URL('./cpuThread.ts', import.meta.url), { type: 'module' }),
  )
  for (const worker of workers) worker.postMessage({ bvh, exposure })
  return {
    device: { kind: 'cpu', name: count === 1 ? '1 thread' : `${count} threads`, api: 'typescript' },
    lanes: workers.map(createLane),
    tileSize: 32,
    close: () => {
      for (const worker of workers) worker.terminate()
    },
  }
}

function createLane(worker: Worker): Lane {
  return (tile) => {
    const { promise, resolve, reject } = Promise.withResolvers<Float32Array<ArrayBuffer>>()
    worker.onmessage = (event: MessageEvent<Float32Array<ArrayBuffer>>) => resolve(event.data)
    worker.onerror = (event) => {
      event.preventDefault()
      reject(new ThreadError(event.message))
    }
    worker.postMessage(tile)
    return promise
  }
}

/** Thrown when a thread ends before its tile does. */
export class ThreadError extends Error {
  override readonly name = 'Bunny.ThreadError'
  constructor(details: string) {
    super(`Cannot finish a tile: its thread failed with "${details}", expected pixels`)
  }
}

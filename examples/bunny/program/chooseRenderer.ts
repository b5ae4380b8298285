import type { Bvh } from './bvh.ts'
import { createCpuRenderer } from './cpuRenderer.ts'
import { createGpuRenderer, isSoftware } from './gpuRenderer.ts'
import type { Job } from './job.ts'
import type { Renderer } from './renderer.ts'

/** Jobs of fewer paths than this are over sooner than a trial of both back ends. */
const worthTrying = 5_000_000
/** Few enough that a trial takes a fraction of a second even where a GPU is played by software. */
const trialPaths = 6_000

/**
 * Picks the back end for a job: a real GPU where there is one, the CPU where there is no adapter at all.
 *
 * Where the only adapter is a GPU in software, both render a small tile and the faster one wins.
 *
 * @throws NoGpuError when the job insists on WebGPU and there is no adapter.
 */
export async function chooseRenderer(job: Job, bvh: Bvh): Promise<Renderer> {
  if (job.device === 'cpu') return createCpuRenderer(bvh, job)
  const adapter = (await navigator.gpu?.requestAdapter({ powerPreference: 'high-performance' })) ?? null
  if (adapter === null && job.device === 'gpu') throw new NoGpuError()
  if (adapter === null) return createCpuRenderer(bvh, job)
  if (job.device === 'gpu' || !isSoftware(adapter)) return createGpuRenderer(adapter, bvh, job)
  if (job.width * job.height * job.samples < worthTrying) return createCpuRenderer(bvh, job)
  return takeFaster(createCpuRenderer(bvh, job), await createGpuRenderer(adapter, bvh, job), job)
}

async function takeFaster(cpu: Renderer, gpu: Renderer, job: Job): Promise<Renderer> {
  const cpuMs = Math.min(await timeTrial(cpu, job), await timeTrial(cpu, job))
  // The first pass of a GPU also compiles. One that is hopeless even so need not be asked again.
  const coldMs = await timeTrial(gpu, job)
  const gpuMs = coldMs > hopeless * cpuMs ? coldMs : await timeTrial(gpu, job)
  console.log(`Trial tile: ${cpuMs.toFixed(0)} ms in TypeScript, ${gpuMs.toFixed(0)} ms in WebGPU by software`)
  const [winner, loser] = cpuMs <= gpuMs ? [cpu, gpu] : [gpu, cpu]
  loser.close()
  return winner
}

/** Compiling takes about as long as a trial tile; ten times that is no compiler. */
const hopeless = 10

/** Milliseconds for a tile in the middle of the picture, when all lanes work. */
async function timeTrial({ lanes }: Renderer, job: Job): Promise<number> {
  const side = Math.max(2, Math.min(64, job.width, job.height, Math.round(Math.sqrt(trialPaths / job.samples))))
  const x = Math.trunc((job.width - side) / 2)
  const y = Math.trunc((job.height - side) / 2)
  const startedAt = performance.now()
  await Promise.all(lanes.map((lane) => lane({ x, y, width: side, height: side })))
  return (performance.now() - startedAt) / lanes.length
}

/** Thrown when a job insists on WebGPU where there is none. */
export class NoGpuError extends Error {
  override readonly name = 'Bunny.NoGpuError'
  constructor() {
    super('Cannot render on a GPU: there is no WebGPU adapter, expected one, or "device": "auto" in job.json')
  }
}

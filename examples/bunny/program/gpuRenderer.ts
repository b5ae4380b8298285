import type { Bvh } from './bvh.ts'
import { aimCamera } from './camera.ts'
import { channels } from './film.ts'
import type { Exposure } from './pathTracer.ts'
import type { Lane, Renderer } from './renderer.ts'
import { writeSceneConstants } from './sceneConstants.ts'
import type { Tile } from './tiles.ts'

/** Drivers end what holds a GPU for seconds, so one pass takes no more paths than this. */
const pathsAPass = 1_000_000
const workBytes = 112

/** Says whether an adapter is a program on the CPU that plays a GPU. */
export function isSoftware(adapter: GPUAdapter): boolean {
  const { isFallbackAdapter, description, architecture } = adapter.info
  return isFallbackAdapter || /llvmpipe|swiftshader|basic render/i.test(`${description} ${architecture}`)
}

/**
 * Puts the scene and the shader on a GPU.
 *
 * @throws GpuError when the driver refuses the shader, runs out of memory, or loses the device.
 */
export async function createGpuRenderer(adapter: GPUAdapter, bvh: Bvh, exposure: Exposure): Promise<Renderer> {
  const software = isSoftware(adapter)
  const device = await adapter.requestDevice()
  const failure = watchFailures(device)
  const module = device.createShaderModule({ code: await readShader() })
  const pipeline = await Promise.race([
    device.createComputePipelineAsync({ layout: 'auto', compute: { module, entryPoint: 'render' } }),
    failure,
  ])
  const scenery = [bvh.nodeWords, bvh.triangles, bvh.normals].map((data) => upload(device, data))
  const tileSize = software ? 32 : 128
  const kit: Kit = { device, pipeline, scenery, exposure, tileSize, failure }
  return {
    device: { kind: software ? 'cpu' : 'gpu', name: adapter.info.description || adapter.info.device, api: 'webgpu' },
    lanes: Array.from({ length: software ? 1 : 2 }, () => createLane(kit)),
    tileSize,
    close: () => device.destroy(),
  }
}

type Kit = {
  device: GPUDevice
  pipeline: GPUComputePipeline
  scenery: readonly GPUBuffer[]
  exposure: Exposure
  tileSize: number
  failure: Promise<never>
}

function createLane({ device, pipeline, scenery, exposure, tileSize, failure }: Kit): Lane {
  // A trial may ask for a tile larger than usual, never beyond this.
  const mostBytes = Math.max(tileSize, 64) ** 2 * channels * 4
  const work = device.createBuffer({ size: workBytes, usage: GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST })
  const film = device.createBuffer({
    size: mostBytes,
    usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST,
  })
  const readback = device.createBuffer({ size: mostBytes, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST })
  const entries = [work, ...scenery, film].map((buffer, binding) => ({ binding, resource: { buffer } }))
  const bindings = device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries })

  return async (tile) => {
    const bytes = tile.width * tile.height * channels * 4
    const samplesAPass = Math.max(1, Math.trunc(pathsAPass / (tile.width * tile.height)))
    for (let first = 0; first < exposure.samples; first += samplesAPass) {
      const samples = Math.min(samplesAPass, exposure.samples - first)
      device.queue.writeBuffer(work, 0, packWork(exposure, tile, first, samples))
      const encoder = device.createCommandEncoder()
      if (first === 0) encoder.clearBuffer(film, 0, bytes)
      const pass = encoder.beginComputePass()
      pass.setPipeline(pipeline)
      pass.setBindGroup(0, bindings)
      pass.dispatchWorkgroups(Math.ceil(tile.width / 8), Math.ceil(tile.height / 8))
      pass.end()
      if (first + samples === exposure.samples) encoder.copyBufferToBuffer(film, 0, readback, 0, bytes)
      device.queue.submit([encoder.finish()])
    }
    await Promise.race([readback.mapAsync(GPUMapMode.READ, 0, bytes), failure])
    const sums = new Float32Array(readback.getMappedRange(0, bytes))
    const values = sums.map((sum) => sum / exposure.samples)
    readback.unmap()
    return values
  }
}

function packWork(exposure: Exposure, tile: Tile, first: number, samples: number): ArrayBuffer {
  const buffer = new ArrayBuffer(workBytes)
  const camera = aimCamera(exposure.width, exposure.height)
  const vectors = [camera.position, camera.forward, camera.right, camera.up]
  new Float32Array(buffer, 0, 16).set(vectors.flatMap((vector) => [...vector, 0]))
  const words = [
    tile.x,
    tile.y,
    tile.width,
    tile.height,
    exposure.width,
    exposure.height,
    first,
    samples,
    exposure.seed,
  ]
  new Uint32Array(buffer, 64, 9).set(words)
  return buffer
}

function upload(device: GPUDevice, data: Float32Array<ArrayBuffer> | Uint32Array<ArrayBuffer>): GPUBuffer {
  const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST
  const buffer = device.createBuffer({ size: data.byteLength, usage })
  device.queue.writeBuffer(buffer, 0, data)
  return buffer
}

async function readShader(): Promise<string> {
  const read = (name: string): Promise<string> => Deno.readTextFile(new URL(name, import.meta.url))
  const constants = `${writeSceneConstants()}\nconst CHANNELS = ${channels}u;`
  return [constants, await read('./light.wgsl'), await read('./path.wgsl')].join('\n')
}

/** Rejects at the first thing the driver complains of; without it a bad shader would give a black picture. */
function watchFailures(device: GPUDevice): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>()
  device.addEventListener('uncapturederror', (event) => {
    event.preventDefault()
    reject(new GpuError(event.error.message))
  })
  device.lost.then(({ reason, message }) => reject(new GpuError(`${reason}: ${message}`)))
  // Nobody may be waiting when the device is closed at the end, and that is no failure.
  promise.catch(() => undefined)
  return promise
}

/** Thrown when the driver refuses or loses what it was given. */
export class GpuError extends Error {
  override readonly name = 'Bunny.GpuError'
  constructor(details: string) {
    super(`Cannot render on the GPU: its driver says "${details}", expected pixels`)
  }
}

import { BaseError } from '@hotaru/base'
import { roundConstants } from './kernels/keccakWgsl.ts'

/** A device as the proof uses it: room, kernels in their order, and bytes that come back. */
export type Gpu = {
  readonly device: GPUDevice
  /** Bytes that one buffer may have and be bound with. */
  readonly largestBufferBytes: number
  /** @throws `WebGpu.NoRoomError` */
  makeBuffer(what: string, sizeBytes: number): Promise<GPUBuffer>
  /** Does work; where it fails, the buffers that it made are given back. */
  orGiveBack<Value>(work: () => Promise<Value>): Promise<Value>
  makeKernel(code: string): Promise<Kernel>
  /** Runs one dispatch; dispatches and reads follow each other in the order they are called. */
  run(kernel: Kernel, params: readonly number[], buffers: readonly GPUBuffer[], groups: Groups): Promise<void>
  read(parts: readonly Part[]): Promise<Uint8Array[]>
}

export type Kernel = GPUComputePipeline

export type Groups = { x: number; y?: number }

/** Bytes of a buffer that are read back. */
export type Part = { buffer: GPUBuffer; at: number; sizeBytes: number }

/** Threads of a workgroup in every kernel but the product's. */
export const groupThreads = 64

/**
 * Wraps a device. Each dispatch is a submission of its own, and few of them wait at a time: drivers end what holds a GPU
 * for seconds, and some count a whole submission.
 */
export function openGpu(device: GPUDevice, largestBufferBytes: number): Gpu {
  const constants = upload(device, roundConstants)
  const params = upload(device, new Uint32Array(32))
  const withConstants = new WeakSet<Kernel>()
  let made: GPUBuffer[] = []
  let waiting = 0
  return {
    device,
    largestBufferBytes,
    makeBuffer: async (what, sizeBytes) => {
      if (sizeBytes > largestBufferBytes) throw new NoRoomError({ what, sizeBytes, largestBufferBytes })
      device.pushErrorScope('out-of-memory')
      const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC
      const buffer = device.createBuffer({ size: sizeBytes, usage })
      if (await device.popErrorScope()) throw new NoRoomError({ what, sizeBytes })
      made.push(buffer)
      return buffer
    },
    orGiveBack: async (work) => {
      try {
        return await work()
      } catch (error) {
        for (const buffer of made) buffer.destroy()
        throw error
      } finally {
        made = []
      }
    },
    makeKernel: async (code) => {
      const compute = { module: device.createShaderModule({ code }), entryPoint: 'main' }
      const kernel = await device.createComputePipelineAsync({ layout: 'auto', compute })
      if (code.includes('var<uniform> rounds')) withConstants.add(kernel)
      return kernel
    },
    run: async (kernel, values, buffers, { x, y = 1 }) => {
      device.queue.writeBuffer(params, 0, Uint32Array.from(values))
      const bound = withConstants.has(kernel) ? [params, constants, ...buffers] : [params, ...buffers]
      const entries = bound.map((buffer, binding) => ({ binding, resource: { buffer } }))
      const encoder = device.createCommandEncoder()
      const pass = encoder.beginComputePass()
      pass.setPipeline(kernel)
      pass.setBindGroup(0, device.createBindGroup({ layout: kernel.getBindGroupLayout(0), entries }))
      pass.dispatchWorkgroups(x, y)
      pass.end()
      device.queue.submit([encoder.finish()])
      waiting = (waiting + 1) % mostWaiting
      if (waiting === 0) await device.queue.onSubmittedWorkDone()
    },
    read: (parts) => readParts(device, parts),
  }
}

/** How many dispatches are on their way before the next one waits for them. */
const mostWaiting = 8

function upload(device: GPUDevice, words: Uint32Array<ArrayBuffer>): GPUBuffer {
  const usage = GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST
  const buffer = device.createBuffer({ size: words.byteLength, usage })
  device.queue.writeBuffer(buffer, 0, words)
  return buffer
}

async function readParts(device: GPUDevice, parts: readonly Part[]): Promise<Uint8Array[]> {
  const size = parts.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
  if (size === 0) return []
  const staging = device.createBuffer({ size, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST })
  const encoder = device.createCommandEncoder()
  let to = 0
  for (const { buffer, at, sizeBytes } of parts) {
    encoder.copyBufferToBuffer(buffer, at, staging, to, sizeBytes)
    to += sizeBytes
  }
  device.queue.submit([encoder.finish()])
  await staging.mapAsync(GPUMapMode.READ)
  const bytes = new Uint8Array(staging.getMappedRange()).slice()
  staging.destroy()
  to = 0
  return parts.map(({ sizeBytes }) => bytes.subarray(to, (to += sizeBytes)))
}

export class NoRoomError extends BaseError {
  override readonly name = 'WebGpu.NoRoomError'

  constructor({ what, sizeBytes, largestBufferBytes }: NoRoomError.Options) {
    const state = largestBufferBytes === undefined ? 'the GPU has not so much left' : 'one buffer holds less'
    const expected = largestBufferBytes === undefined ? '' : `, expected at most ${largestBufferBytes}`
    super(`Cannot make room for ${what}: ${sizeBytes} bytes are needed and ${state}${expected}`, {
      facts: { sizeBytes, largestBufferBytes },
      hint: largestBufferBytes === undefined ? 'end what else uses the GPU' : limitHint,
    })
  }
}

export declare namespace NoRoomError {
  type Options = { what: string; sizeBytes: number; largestBufferBytes?: number | undefined }
}

const limitHint =
  'the device’s maxStorageBufferBindingSize and maxBufferSize set it: a native back end has no such limit'

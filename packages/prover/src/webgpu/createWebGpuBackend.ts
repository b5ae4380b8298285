import { BaseError } from '@hotaru/base'
import type { Backend, Hex, Memory } from '@hotaru/proof'
import { type Cells, fillCells } from './fillCells.ts'
import { type Kernels, makeKernels } from './makeKernels.ts'
import { freeRoom, makeRoom, multiply, type Room } from './multiply.ts'
import { type Gpu, openGpu } from './openGpu.ts'
import { type GpuWalk, walkCells } from './walkCells.ts'

/**
 * The proof on any GPU, through WebGPU; for every runtime that has it. Calls wait for each other.
 *
 * Ask for the device with the adapter's own limits: how much memory can be filled follows from them. A walk can be opened
 * until its memory is freed.
 *
 * @throws what the device says when a kernel does not compile. Calls throw `WebGpu.NoRoomError`,
 * `WebGpu.TooManyCellsError`, `WebGpu.DeviceError`.
 */
export async function createWebGpuBackend(
  device: GPUDevice,
  options: createWebGpuBackend.Options = {},
): Promise<Backend> {
  const { kind = 'gpu', dot = navigator.gpu.wgslLanguageFeatures.has('packed_4x8_integer_dot_product') } = options
  const { maxStorageBufferBindingSize, maxBufferSize } = device.limits
  const gpu = openGpu(device, options.largestBufferBytes ?? Math.min(maxStorageBufferBindingSize, maxBufferSize))
  const kernels = await makeKernels(gpu, { dot })
  let last: Promise<unknown> = Promise.resolve()
  const inTurn: InTurn = (work) => {
    const turn = last.then(() => checked(device, work))
    last = turn.catch(() => {})
    return turn
  }
  let room: Room | undefined
  const roomFor = async (n: number): Promise<Room> => {
    if (room?.n === n) return room
    leaveRoom()
    return (room = await gpu.orGiveBack(() => makeRoom(gpu, n)))
  }
  const leaveRoom = () => {
    if (room) freeRoom(room)
    room = undefined
  }
  const fill: Backend['fill'] = async (key, size) => {
    leaveRoom()
    const cells = await gpu.orGiveBack(() => fillCells(gpu, kernels, key, size))
    return holdMemory(gpu, kernels, inTurn, { key, cells })
  }
  return {
    name: 'webgpu',
    kind,
    productRoot: (state, n) =>
      inTurn(async () => (await multiply(gpu, kernels, await roomFor(n), { state, leaves: [] })).root),
    openProduct: (state, n, leaves) =>
      inTurn(async () => (await multiply(gpu, kernels, await roomFor(n), { state, leaves })).openings),
    fill: (key, size) => inTurn(() => fill(key, size)),
    close: async () => device.destroy(),
  }
}

export declare namespace createWebGpuBackend {
  type Options = {
    /** `cpu` where the adapter is a GPU played by software. @default 'gpu' */
    kind?: Backend['kind'] | undefined
    /** Whether to multiply with `dot4U8Packed`. @default whether the language has it */
    dot?: boolean | undefined
    /** Bytes that one buffer may have. @default what the device lets one buffer have and one binding see */
    largestBufferBytes?: number | undefined
  }
}

type InTurn = <Value>(work: () => Promise<Value>) => Promise<Value>

function holdMemory(gpu: Gpu, kernels: Kernels, inTurn: InTurn, { key, cells }: { key: Hex; cells: Cells }): Memory {
  const walks: GpuWalk[] = []
  return {
    walk: (nonce, size) =>
      inTurn(async () => {
        const walk = await gpu.orGiveBack(() => walkCells(gpu, kernels, { key, nonce, cells }, size))
        walks.push(walk)
        return { root: walk.root, openLanes: (lanes) => inTurn(() => walk.openLanes(lanes)) }
      }),
    free: () =>
      inTurn(async () => {
        for (const buffer of cells.buffers) buffer.destroy()
        for (const walk of walks) walk.free()
      }),
  }
}

/** Does work, and throws what WebGPU found wrong in it: its calls do not throw themselves. */
async function checked<Value>(device: GPUDevice, work: () => Promise<Value>): Promise<Value> {
  device.pushErrorScope('validation')
  device.pushErrorScope('out-of-memory')
  const settled = await Promise.allSettled([work()])
  const errors = [await device.popErrorScope(), await device.popErrorScope()]
  const [result] = settled
  if (result.status === 'rejected') throw result.reason
  const error = errors.find((one) => one !== null)
  if (error) throw new DeviceError({ message: error.message })
  return result.value
}

/** What WebGPU found wrong in our calls, or could not do. */
export class DeviceError extends BaseError {
  override readonly name = 'WebGpu.DeviceError'

  constructor({ message }: { message: string }) {
    super(`Cannot use the GPU: WebGPU says "${message}", expected nothing`)
  }
}

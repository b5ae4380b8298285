import type { Backend } from '@hotaru/proof'
import type { Described } from '../child/protocol.ts'
import { createWebGpuBackend } from './createWebGpuBackend.ts'
import { describeAdapter } from './describeAdapter.ts'

/**
 * The WebGPU back end on one of this machine's adapters, with all that the adapter allows; undefined where there is none.
 * An adapter that is software has kind `cpu`.
 */
export async function openWebGpuBackend(
  options: openWebGpuBackend.Options = {},
): Promise<{ backend: Backend; described: Described } | undefined> {
  const { powerPreference = 'high-performance', ...rest } = options
  const adapter = await navigator.gpu?.requestAdapter({ powerPreference })
  if (!adapter) return undefined
  const described = describeAdapter(adapter.info)
  const requiredLimits = Object.fromEntries(
    (['maxBufferSize', 'maxStorageBufferBindingSize', 'maxStorageBuffersPerShaderStage'] as const).map((name) => [
      name,
      adapter.limits[name],
    ]),
  )
  const device = await adapter.requestDevice({ requiredLimits })
  return { backend: await createWebGpuBackend(device, { ...rest, kind: described.kind }), described }
}

export declare namespace openWebGpuBackend {
  type Options = Omit<createWebGpuBackend.Options, 'kind'> & {
    /** The only choice that WebGPU has. @default 'high-performance' */
    powerPreference?: GPUPowerPreference | undefined
  }
}

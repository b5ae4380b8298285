import type { Described } from '../child/protocol.ts'

/** What an adapter is, and whether it is a GPU: software that plays one is as fast as the processor, and is sold as it. */
export function describeAdapter(info: describeAdapter.Info): Described {
  const device = info.description || info.device || info.architecture || info.vendor || 'unnamed'
  const isSoftware = info.isFallbackAdapter || /llvmpipe|lavapipe|swiftshader|warp|basic render/i.test(device)
  return { device: device.trim(), kind: isSoftware ? 'cpu' : 'gpu' }
}

export declare namespace describeAdapter {
  type Info = Pick<GPUAdapterInfo, 'vendor' | 'architecture' | 'device' | 'description' | 'isFallbackAdapter'>
}

import { runBackendCompliance } from '@hotaru/proof/compliance'
import { expect, test } from 'vitest'
import { createDenoBackend } from './createDenoBackend.ts'
import { findGpus } from './findGpus.ts'

const gpus = await findGpus()
const unavailable = gpus.length > 0 ? null : 'there is no WebGPU adapter; mesa-vulkan-drivers brings one in software'

test('CI has an adapter', () => {
  if (process.env.CI === 'true') expect(unavailable).toBeNull()
})

runBackendCompliance({ name: 'webgpu', create: () => createDenoBackend(), unavailable })

// As on a device whose buffers hold little and whose language has no products of bytes.
const narrow = { dot: false, largestBufferBytes: 2 ** 17 }
runBackendCompliance({
  name: 'webgpu by hand, in narrow buffers',
  create: () => createDenoBackend(narrow),
  unavailable,
})

import { findWalkFault, pickSegments } from '@hotaru/proof'
import { runBackendCompliance } from '@hotaru/proof/compliance'
import { expect, onTestFinished, test } from 'vitest'
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

test.skipIf(unavailable)('a walk through more cells than one dispatch fills has no fault', async () => {
  const backend = await createDenoBackend()
  onTestFinished(() => backend.close())
  const [key, size] = [`0x${'5a'.repeat(32)}` as const, { cells: 2 ** 19, hashes: 1, lanes: 64, segments: 2 }]
  const walk = await (await backend.fill(key, size)).walk(key, size)
  const picks = pickSegments(key, size)
  const openings = await walk.openLanes(picks.map(({ lane }) => lane))
  expect(findWalkFault({ key, nonce: key }, size, { root: walk.root, picks, openings })).toBeUndefined()
})

test.skipIf(unavailable)('more than the device can hold is refused with the limit', async () => {
  const backend = await createDenoBackend(narrow)
  onTestFinished(() => backend.close())
  await expect(backend.fill(`0x${'5a'.repeat(32)}`, { cells: 2 ** 20, hashes: 1 })).rejects.toThrow(
    /^Cannot fill memory: the walk has 1048576 cells, expected at most \d+ on this device$/,
  )
  expect(await backend.productRoot(`0x${'9c'.repeat(32)}`, 16)).toMatch(/^0xdb4a5285f675/)
})

import { expect, onTestFinished, test, vi } from 'vitest'
import { createDenoBackend } from './deno/createDenoBackend.ts'
import { findBackends } from './findBackends.ts'

test('each back end is there, or says why not', async () => {
  const found = await findBackends()
  expect(new Set(found.map(({ name }) => name))).toEqual(new Set(['wasm', 'cuda', 'webgpu']))
  for (const { name, kind, absent, create } of found) {
    if (absent !== null) {
      await expect(create()).rejects.toThrow(absent)
      continue
    }
    const backend = await create()
    expect(backend).toMatchObject({ name, kind })
    expect(await backend.productRoot(`0x${'9c'.repeat(32)}`, 16)).toMatch(/^0xdb4a5285f675/)
    await backend.close()
  }
})

test('where nothing drives a GPU, the others say what is missing', async () => {
  onTestFinished(() => void vi.unstubAllEnvs())
  const nothing = { VK_DRIVER_FILES: '/nowhere', VK_ICD_FILENAMES: '/nowhere', PATH: '/nowhere' }
  for (const [name, value] of Object.entries(nothing)) vi.stubEnv(name, value)
  expect((await findBackends()).slice(1).map(({ name, absent }) => [name, absent])).toEqual([
    ['cuda', 'Cannot use CUDA: nvidia-smi does not run, expected the driver that brings it'],
    ['webgpu', 'Cannot use this back end: WebGPU has no adapter, expected a driver for Vulkan, Metal or D3D12'],
  ])
  await expect(createDenoBackend()).rejects.toThrow('it ended with 1, saying "there is no WebGPU adapter"')
})

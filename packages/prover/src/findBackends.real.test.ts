import { expect, test } from 'vitest'
import { findBackends } from './findBackends.ts'

const found = await findBackends()

test('each back end is there, or says why not', async () => {
  expect(new Set(found.map(({ name }) => name))).toEqual(new Set(['cuda', 'webgpu']))
  const state = `0x${'9c'.repeat(32)}` as const
  for (const { name, kind, absent, device, create } of found) {
    if (absent !== null) {
      await expect(create()).rejects.toThrow(absent)
      continue
    }
    const backend = await create()
    expect(backend).toMatchObject({ name, kind, device })
    expect(await backend.productRoot(state, 16)).toMatch(/^0xdb4a5285f675/)
    await backend.close()
  }
})

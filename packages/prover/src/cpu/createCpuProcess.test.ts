import { runBackendCompliance } from '@hotaru/proof/compliance'
import { expect, test } from 'vitest'
import { createCpuProcess } from './createCpuProcess.ts'

runBackendCompliance({ name: 'wasm, in a process of its own', create: createCpuProcess })

test('what does not fit is refused, and the process lives on', async () => {
  const backend = await createCpuProcess()
  const key = `0x${'5a'.repeat(32)}` as const
  await expect(backend.fill(key, { cells: 2 ** 30, hashes: 1 })).rejects.toMatchObject({
    name: 'Prover.ChildRefusedError',
  })
  expect(await backend.productRoot(key, 16)).toMatch(/^0x[0-9a-f]{64}$/)
  await backend.close()
  await expect(backend.productRoot(key, 16)).rejects.toMatchObject({ name: 'Prover.ChildEndedError' })
})

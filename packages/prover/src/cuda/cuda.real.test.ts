import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { runBackendCompliance } from '@hotaru/proof/compliance'
import { afterAll, expect, test } from 'vitest'
import { createChildBackend } from '../child/createChildBackend.ts'
import { compileProve } from './compileProve.ts'
import { createCudaBackend } from './createCudaBackend.ts'
import { findNvidiaGpus } from './findNvidiaGpus.ts'

const run = promisify(execFile)
const whyNot = (command: string) =>
  run(command, ['--version']).then(
    () => null,
    () => `${command} is not there`,
  )

const directory = await mkdtemp(join(tmpdir(), 'hotaru-cuda-'))
afterAll(() => rm(directory, { recursive: true }))

const [noCompiler, noNvcc, [gpu]] = await Promise.all([whyNot('g++'), whyNot('nvcc'), findNvidiaGpus().catch(() => [])])

test('CI has a C++ compiler', () => {
  if (process.env.CI === 'true') expect(noCompiler).toBeNull()
})

const program = join(directory, 'prove')
if (!noCompiler) {
  const source = fileURLToPath(new URL('../../cuda/prove.cu', import.meta.url))
  await run('g++', ['-x', 'c++', '-DHOTARU_HOST', '-std=c++17', '-O2', '-o', program, source])
}

// The logic of both products without a GPU: the same source as plain C++.
for (const way of ['tensor', 'plain']) {
  const name = `cuda as plain C++, ${way}`
  runBackendCompliance({
    name,
    create: () => createChildBackend({ name, command: program, args: [way] }),
    unavailable: noCompiler,
  })
}

const unavailable = noNvcc ?? (gpu ? null : 'there is no NVIDIA GPU')
runBackendCompliance({
  name: 'cuda',
  create: () => createCudaBackend({ gpu: gpu ?? { uuid: '', computeCapability: '' }, directory }),
  unavailable,
})

test.skipIf(noNvcc)(`nvcc compiles it once${noNvcc ? ` (${noNvcc})` : ''}`, async () => {
  const compiled = await compileProve({ computeCapability: '8.0' }, { directory })
  expect(await compileProve({ computeCapability: '8.0' }, { directory, nvcc: '/nowhere/nvcc' })).toBe(compiled)
  expect(await compileProve({ computeCapability: '7.5' }, { directory })).not.toBe(compiled)
})

test('without nvcc it says so', async () => {
  const compiling = compileProve({ computeCapability: '8.9' }, { directory, nvcc: '/nowhere/nvcc' })
  await expect(compiling).rejects.toThrow('Cannot compile the CUDA back end: /nowhere/nvcc says "spawn /nowhere/nvcc')
})

import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { findNvidiaGpus } from './findNvidiaGpus.ts'

test('reads what nvidia-smi prints, and asks it for no more', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'hotaru-smi-'))
  onTestFinished(() => rm(directory, { recursive: true }))
  const command = join(directory, 'nvidia-smi')
  const lines = ['GPU-0a1b-2c, 9.0, NVIDIA H100 80GB HBM3', 'GPU-3d4e-5f, 12.0, NVIDIA GeForce RTX 5090', '[N/A]']
  const asked = '--query-gpu=uuid,compute_cap,name --format=csv,noheader'
  await writeFile(command, `#!/bin/sh\n[ "$*" = "${asked}" ] || exit 1\nprintf '%s\\n' '${lines.join("' '")}'\n`)
  await chmod(command, 0o755)
  expect(await findNvidiaGpus({ command })).toEqual([
    { uuid: 'GPU-0a1b-2c', name: 'NVIDIA H100 80GB HBM3', computeCapability: '9.0' },
    { uuid: 'GPU-3d4e-5f', name: 'NVIDIA GeForce RTX 5090', computeCapability: '12.0' },
  ])
})

test('without the driver there is none', async () => {
  const finding = findNvidiaGpus({ command: '/nowhere/nvidia-smi' })
  await expect(finding).rejects.toThrow('Cannot use CUDA: nvidia-smi does not run, expected the driver that brings it')
})

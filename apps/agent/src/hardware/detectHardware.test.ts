import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DeadlineError, systemClock } from '@hotaru/base/async'
import { hardwareSchema } from '@hotaru/protocol'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { detectHardware } from './detectHardware.ts'
import type { Probe } from './Probe.ts'
import * as recorded from './recordings.ts'

let directory: string
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'hotaru-hardware-'))
})
afterEach(() => rm(directory, { recursive: true }))

const detect = (probe: Probe) => detectHardware(directory, { clock: systemClock, probe })

/** Answers from recordings: commands by their name, files by their path. */
function replay({ commands = {}, files = {} }: { commands?: object; files?: object }): Probe {
  const outputs = new Map<string, string | Error>(Object.entries(commands))
  const contents = new Map<string, string>(Object.entries(files))
  return {
    async run(command) {
      const output = outputs.get(command)
      if (typeof output === 'string') return output
      throw output ?? new Error(`spawn ${command} ENOENT`)
    },
    async read(path) {
      const content = contents.get(path)
      if (content === undefined) throw new Error(`ENOENT ${path}`)
      return content
    },
    async list(path) {
      const below = [...contents.keys()].filter((one) => one.startsWith(`${path}/`))
      return [...new Set(below.map((one) => one.slice(path.length + 1).split('/')[0] ?? ''))]
    },
  }
}

test('a box with two NVIDIA cards: three sources, each card once, in slot order', async () => {
  const { gpus } = await detect(
    replay({
      commands: { 'nvidia-smi': recorded.nvidiaSmiTwoGpus, vulkaninfo: recorded.vulkanTwoNvidia },
      files: recorded.pciTwoNvidia,
    }),
  )
  expect(gpus).toEqual([
    {
      name: 'NVIDIA GeForce RTX 4090',
      vendor: 'NVIDIA',
      pciAddress: '0000:01:00.0',
      uuid: 'GPU-8d5a9a0e-4c5b-3a0f-9e11-0c3d52a1b7aa',
      memoryBytes: 24_564 * 2 ** 20,
      driverVersion: '550.54.15',
      seenBy: ['nvidia-smi', 'pci', 'vulkan'],
    },
    {
      name: 'NVIDIA GeForce RTX 4090',
      vendor: 'NVIDIA',
      pciAddress: '0000:c1:00.0',
      uuid: 'GPU-1f2b7c44-91d3-7be0-5a02-77aa90c1e3d4',
      memoryBytes: null,
      driverVersion: '550.54.15',
      seenBy: ['nvidia-smi', 'pci', 'vulkan'],
    },
  ])
})

test('an AMD card: named by Vulkan, its memory from the kernel, the management chip left out', async () => {
  const { gpus } = await detect(
    replay({ commands: { vulkaninfo: recorded.vulkanAmd }, files: recorded.pciAmdAndAspeed }),
  )
  expect(gpus).toMatchObject([
    {
      name: 'AMD Radeon RX 7900 XTX (RADV NAVI31)',
      vendor: 'AMD',
      pciAddress: '0000:03:00.0',
      memoryBytes: 25_753_026_560,
      seenBy: ['pci', 'vulkan'],
    },
  ])
})

test('a machine without a GPU: the software renderer is none', async () => {
  const hardware = await detect(replay({ commands: { vulkaninfo: recorded.vulkanLlvmpipe } }))
  expect(hardware.gpus).toEqual([])
  expect(hardwareSchema.parse(hardware)).toEqual(hardware)
  expect(hardware.cpu.cores).toBeGreaterThan(0)
  expect(hardware.disk.writeBytesPerSecond).toBeGreaterThan(0)
  expect(await readdir(directory)).toEqual([])
})

test('a broken driver: the kernel still sees the card, the sentence of the tool is no card', async () => {
  const { gpus } = await detect(
    replay({ commands: { 'nvidia-smi': recorded.nvidiaSmiBroken }, files: recorded.pciTwoNvidia }),
  )
  expect(gpus.map((gpu) => [gpu.pciAddress, gpu.seenBy])).toEqual([
    ['0000:01:00.0', ['pci']],
    ['0000:c1:00.0', ['pci']],
  ])
})

test('a tool that hangs costs what it alone knows, and nothing else', async () => {
  const hung = new DeadlineError({ what: 'run nvidia-smi', timeoutMs: 11_000 })
  const { gpus, network } = await detect(
    replay({ commands: { 'nvidia-smi': hung }, files: { ...recorded.pciTwoNvidia, ...recorded.network } }),
  )
  expect(gpus).toHaveLength(2)
  expect(network.interfaces).toEqual([
    { name: 'enp5s0', linkMbps: 2500 },
    { name: 'eth0', linkMbps: null },
  ])
})

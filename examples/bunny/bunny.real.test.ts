import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { decodePng, type Pixels } from './decodePng.ts'
import { prepare } from './prepare.ts'

const deno = join(dirname(createRequire(import.meta.url).resolve('deno/package.json')), 'bin.cjs')
const sandbox = ['run', '--no-prompt', '--no-remote', '--no-npm', '--cached-only', '--allow-read=.', '--allow-write=.']
let directory = ''

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'hotaru-bunny-'))
  await prepare(directory)
})

afterAll(() => rm(directory, { recursive: true, force: true }))

test('prepares exactly what the program reads', async () => {
  const names = await readdir(directory)
  expect(names.filter((name) => !/\.(ts|wgsl)$/.test(name)).sort()).toEqual(['bunny.mesh', 'job.json'])
  expect(names.filter((name) => name.includes('.test.'))).toEqual([])
})

test('renders a bunny in the sandbox, and the same bytes again', async () => {
  const first = await render({ width: 96, height: 96, samples: 4, device: 'cpu' })
  const again = await render({ width: 96, height: 96, samples: 4, device: 'cpu' })
  const { width, height, rgb } = await decodePng(first.file)
  expect([width, height]).toEqual([96, 96])
  expect(again.file.equals(first.file)).toBe(true)
  expect(first.reports.at(0)).toMatchObject({ device: { kind: 'cpu', api: 'typescript' } })
  expect(first.reports.filter((line) => 'progress' in line).at(-1)).toMatchObject({ progress: { done: 9, total: 9 } })
  expect(first.reports.at(-1)).toMatchObject({ result: { output: 'out/bunny.png', samples: 4 } })
  // Warm porcelain in the middle, teal in the corner, and a shadow under the bunny darker than the floor beside it.
  const [belly, corner] = [pixelAt(rgb, 55, 58), pixelAt(rgb, 90, 40)]
  expect(belly.r).toBeGreaterThan(150)
  expect(belly.r).toBeGreaterThan(belly.b)
  expect(corner.b).toBeGreaterThan(corner.r * 1.5)
  expect(pixelAt(rgb, 78, 83).g).toBeLessThan(pixelAt(rgb, 12, 83).g * 0.75)
})

test('WebGPU shows the same picture as TypeScript', async ({ skip }) => {
  const job = { width: 64, height: 64, samples: 16 }
  const gpu = await render({ ...job, device: 'gpu' }).catch((cause: unknown) => {
    if (`${cause}`.includes('NoGpuError'))
      return skip('there is no Vulkan driver: mesa-vulkan-drivers has one in software')
    throw cause
  })
  const cpu = await render({ ...job, device: 'cpu' })
  expect(gpu.reports.at(0)).toMatchObject({ device: { api: 'webgpu' } })
  const [a, b] = await Promise.all([decodePng(gpu.file), decodePng(cpu.file)])
  // Mesa's software driver gives the very same bytes; leaving out the last bounce would differ by 0.04.
  expect(meanDifference(a, b)).toBeLessThan(0.03)
})

test('a wrong job ends with a sentence and no picture', async () => {
  await rm(join(directory, 'out'), { recursive: true, force: true })
  await expect(render({ width: -1 })).rejects.toThrow('"width" is -1, expected a whole number from 8 to 4096')
  expect(await readdir(directory)).not.toContain('out')
})

type Run = { file: Buffer<ArrayBuffer>; reports: object[] }

async function render(job: object): Promise<Run> {
  await writeFile(join(directory, 'job.json'), JSON.stringify(job))
  const command = [deno, ...sandbox, '--unstable-webgpu', 'main.ts']
  const { stdout } = await promisify(execFile)(process.execPath, command, { cwd: directory, env: {} })
  const reports = stdout.split('\n').flatMap((line) => (line.startsWith('@hotaru ') ? [JSON.parse(line.slice(8))] : []))
  return { file: await readFile(join(directory, 'out/bunny.png')), reports }
}

function pixelAt(rgb: Uint8Array, x: number, y: number): { r: number; g: number; b: number } {
  const [r = 0, g = 0, b = 0] = rgb.subarray((y * 96 + x) * 3, (y * 96 + x) * 3 + 3)
  return { r, g, b }
}

function meanDifference(a: Pixels, b: Pixels): number {
  return a.rgb.reduce((sum, value, index) => sum + Math.abs(value - (b.rgb[index] ?? 0)), 0) / a.rgb.length
}

import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { type AcceptanceJob, checkAcceptance } from '@hotaru/sdk/acceptance'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { prepare } from './prepare.ts'

const deno = join(dirname(createRequire(import.meta.url).resolve('deno/package.json')), 'bin.cjs')
const sandbox = ['run', '--no-prompt', '--no-remote', '--no-npm', '--cached-only', '--no-config', '--unstable-webgpu']
const size = { n: 256, rounds: 4, cells: 2 ** 12, hashes: 4, lanes: 64, segments: 32 }
const cpu = { nonce: `0x${'5a'.repeat(32)}`, ...size } as const
const job: AcceptanceJob = { chainId: '31337', machineId: '7', cpu }

let directory = ''
let stdout = ''
let answer: { cpu: { openings: string; walkOpenings: string; answer: { roots: string[][] } } }

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'hotaru-acceptance-'))
  await prepare(directory)
  await writeFile(join(directory, 'job.json'), JSON.stringify(job))
  const command = [deno, ...sandbox, '--allow-read=.', '--allow-write=.', 'main.ts']
  stdout = (await promisify(execFile)(process.execPath, command, { cwd: directory, env: {} })).stdout
  answer = JSON.parse(await readFile(join(directory, 'out/answer.json'), 'utf8'))
})

afterAll(() => rm(directory, { recursive: true, force: true }))

test('prepares a job that nobody knew, and a program that needs no package', async () => {
  const [one, other] = [join(directory, 'one'), join(directory, 'other')]
  await prepare(one)
  await prepare(other)
  const read = async (at: string): Promise<AcceptanceJob> => JSON.parse(await readFile(join(at, 'job.json'), 'utf8'))
  const nonces = [...Object.values(await read(one)), ...Object.values(await read(other))].flatMap((part) =>
    typeof part === 'object' ? [part.nonce] : [],
  )
  expect(new Set(nonces).size).toBe(4)
  const names = (await readdir(one)).sort()
  expect(names).toEqual(['job.json', 'job.ts', 'lib', 'main.ts', 'openDevice.ts', 'report.ts'])
})

test('shows in the sandbox what the processor can do, and says it to a person', () => {
  const roots = [...stdout.matchAll(/commits to its (\w+) (0x[0-9a-f]{64})$/gm)]
  expect(roots.map(([, what]) => what)).toEqual(['sprint', 'walk'])
  const seen = new Map(roots.map(([, what, root]) => [root, what === 'sprint' ? 1000 : 1500]))
  const outcome = checkAcceptance(answer, { job, seenMs: (root) => seen.get(root), elapsedMs: 60_000 })
  if ('fault' in outcome) throw new Error(outcome.fault.reason)
  const { multiplyAddsPerSecond, claimedMultiplyAddsPerSecond, memoryBytes } = outcome.accepted.cpu ?? {}
  expect(multiplyAddsPerSecond).toBe(4 * 256 ** 3)
  expect(claimedMultiplyAddsPerSecond).toBeGreaterThan(0)
  // What could have been made in a second and a half, among 2¹⁷ reads of 4 hashes each.
  expect(memoryBytes).toBeCloseTo(2 ** 17 * (1 - (((4 * 256 ** 3) / 8192) * 1.5) / (2 ** 17 * 4)), 3)
  expect(stdout).toMatch(/^cpu \(.* threads?\): [\d.]+ billion multiply-adds a second, .* by its own clock$/m)
})

test('a root that was never seen counts when the program has ended', () => {
  const outcome = checkAcceptance(answer, { job, seenMs: () => undefined, elapsedMs: 2000 })
  expect(outcome).toMatchObject({ accepted: { cpu: { multiplyAddsPerSecond: 2 * 256 ** 3 } } })
})

test('work of another nonce or machine, a changed root, and openings of other places are faults', () => {
  const check = (given: unknown, asked: AcceptanceJob = job) =>
    checkAcceptance(given, { job: asked, seenMs: () => undefined, elapsedMs: 1000 })
  const change = (changes: object) => ({ cpu: { ...answer.cpu, ...changes } })
  const wrong = { fault: { reason: expect.stringMatching(/^cpu: entry .* is (wrong|not opened)$/) } }
  expect(check(answer, { ...job, cpu: { ...cpu, nonce: `0x${'5b'.repeat(32)}` } })).toMatchObject(wrong)
  expect(check(answer, { ...job, machineId: '8' })).toMatchObject(wrong)
  const roots = [answer.cpu.answer.roots[0]?.map((root, round) => (round === 3 ? `0x${'00'.repeat(32)}` : root))]
  expect(check(change({ answer: { roots } }))).toMatchObject({
    fault: { reason: expect.stringMatching(/not opened$/) },
  })
  expect(check(change({ walkOpenings: '0x' }))).toMatchObject({ fault: { reason: expect.stringMatching(/its walk/) } })
  expect(check(change({ openings: 'nonsense' }))).toMatchObject({
    fault: { reason: 'cpu: it has not one opening for each of 64 picks' },
  })
  expect(check({})).toEqual({ fault: { reason: 'it shows nothing of its processor' } })
})

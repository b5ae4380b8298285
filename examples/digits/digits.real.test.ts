import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { prepare } from './prepare.ts'
import { type Digits, decodeDigits, pixels } from './program/digits.ts'

const deno = join(dirname(createRequire(import.meta.url).resolve('deno/package.json')), 'bin.cjs')
const sandbox = ['run', '--no-prompt', '--no-remote', '--no-npm', '--cached-only', '--allow-read=.', '--allow-write=.']
let directory = ''

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'hotaru-digits-'))
  await prepare(directory)
})

afterAll(() => rm(directory, { recursive: true, force: true }))

test('no image is both learned from and held out, and every digit is in both', async () => {
  const { train, heldOut } = decodeDigits(new Uint8Array(await readFile(join(directory, 'digits.bin'))))
  const learned = new Set(keysOf(train))
  expect(keysOf(heldOut).filter((key) => learned.has(key))).toEqual([])
  expect(learned.size).toBe(train.labels.length)
  expect([train.labels.length, heldOut.labels.length]).toEqual([8004, 1996])
  expect(new Set(train.labels).size).toBe(10)
  expect(new Set(heldOut.labels).size).toBe(10)
})

test('prepares exactly what the program reads', async () => {
  const names = await readdir(directory)
  expect(names.filter((name) => !name.endsWith('.ts')).sort()).toEqual(['digits.bin', 'job.json'])
  expect(names.filter((name) => name.includes('.test.'))).toEqual([])
})

test('learns in the sandbox to read nineteen of twenty digits that it has never seen', async () => {
  const reports = await train({ epochs: 4 })
  const model = JSON.parse(await readFile(join(directory, 'out/model.json'), 'utf8'))
  const weights = await readFile(join(directory, 'out/weights.bin'))
  expect(reports.at(-1)?.result?.accuracy).toBeGreaterThanOrEqual(0.95)
  expect(reports.findLast((line) => line.progress)?.progress).toEqual({ done: 32016, total: 32016, label: 'epoch 4/4' })
  expect(model.heldOut.accuracy).toBe(reports.at(-1)?.result?.accuracy)
  expect(weights.length).toBe(model.weights.starts.end * 4)
})

test('the same seed gives the same weights', async () => {
  const quick = { epochs: 1, hidden: 16 }
  await train(quick)
  const weights = await readFile(join(directory, 'out/weights.bin'))
  await train(quick)
  expect(weights.equals(await readFile(join(directory, 'out/weights.bin')))).toBe(true)
})

type Line = { progress?: object; result?: { accuracy: number } }

async function train(job: object): Promise<Line[]> {
  await writeFile(join(directory, 'job.json'), JSON.stringify(job))
  const command = [deno, ...sandbox, 'main.ts']
  const { stdout } = await promisify(execFile)(process.execPath, command, { cwd: directory, env: {} })
  return stdout.split('\n').flatMap((line) => (line.startsWith('@hotaru ') ? [JSON.parse(line.slice(8))] : []))
}

function keysOf({ images }: Digits): string[] {
  return Array.from({ length: images.length / pixels }, (_, index) =>
    Buffer.from(images.subarray(index * pixels, (index + 1) * pixels)).toString('latin1'),
  )
}

import { spawn } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { repository } from './runJob.ts'

let home: string
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'hotaru-start-'))
})
afterAll(() => rm(home, { recursive: true, force: true }))

test.each(['chain', 'ledger', 'agent', 'audit', 'the network is up', 'program runs'])(
  'Ctrl-C after "%s" ends everything in order, and the next start goes on',
  async (moment) => {
    const { code } = await start({ signal: 'SIGINT', after: moment })
    expect(code).toBe(130)
    expect(await processesOf(home)).toEqual([])
  },
)

test('no part is left of a network whose own process was killed with -9', async () => {
  const { code } = await start({ signal: 'SIGKILL', after: 'program runs' })
  expect(code).toBe(null)
  await gone('apps/agent/src/main.ts')
  await gone('chainMain.ts')
  await gone('apps/verifier/src/main.ts')
  await gone('hotaru.mjs')
})

test('after all of that a whole run ends with a picture and a receipt', async () => {
  const { code, stdout, said } = await start({})
  expect(code, said).toBe(0)
  const receipt = JSON.parse(stdout.at(-1) ?? '')
  expect(BigInt(receipt.paid) + BigInt(receipt.burnt) + BigInt(receipt.refunded)).toBe(BigInt(receipt.escrow))
  expect((await readFile(receipt.output)).subarray(1, 4).toString()).toBe('PNG')
  expect(await processesOf(home)).toEqual([])
})

/** `npm start -- --once --json` without containers, sent `signal` when a line says `after`. */
async function start({ signal, after }: { signal?: NodeJS.Signals; after?: string }) {
  const flags = ['--once', '--json', '--no-container', '--output', join(home, 'out')]
  const child = spawn(process.execPath, ['apps/network/src/main.ts', ...flags], {
    cwd: repository,
    env: { ...process.env, HOTARU_HOME: home, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const stdout: string[] = []
  let said = ''
  const look = (line: string) => {
    if (signal && after && (line.includes(after) || line.includes('"type":"running"'))) child.kill(signal)
  }
  createInterface(child.stdout).on('line', (line) => {
    stdout.push(line)
    if (line.includes('"type":"running"')) look(line)
  })
  createInterface(child.stderr).on('line', (line) => {
    said += `${line}\n`
    look(line)
  })
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return { code, stdout, said }
}

/** Command lines of processes that were started with this home. */
async function processesOf(directory: string): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
  const found = await Promise.all(
    pids.map(async (pid) => {
      const environment = await readFile(`/proc/${pid}/environ`, 'utf8').catch(() => '')
      if (!environment.includes(directory)) return []
      const command = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).replaceAll('\0', ' ').trim()
      return command === '' ? [] : [command]
    }),
  )
  return found.flat()
}

/** Resolves when no process of this home runs `program`; the test's own timeout is the bound. */
async function gone(program: string): Promise<void> {
  while ((await processesOf(home)).some((command) => command.includes(program)))
    await new Promise((resolve) => setImmediate(resolve))
}
